import { namesListed } from "../../../../../contract/limits/message.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { contextOf, find, type GroupContext, heldKey, whenGone } from "./context.ts";

/**
 * Deletes the group unless a client is connected (DEL-1): the service would let it go, and its readers would just
 * stop. What is gone already is a success.
 */
export async function deleteGroup(session: Session, _id: string, props: Properties): Promise<void> {
  const context = contextOf(session, props);
  const { inputs, series } = context;
  if (session.memory.isHeld(heldKey(context))) {
    session.log.info(`the consumer group "${inputs.name}" stays: another resource has taken it over`);
    return;
  }
  if ((await find(context)) === undefined) return;
  const refusal = await inUse(context);
  if (refusal !== undefined) throw refusal;
  await series.delete(session, inputs);
  await whenGone(context, deadlineMs(session, props, "delete"));
}

/** The same judgement without a change. */
export async function groupRefusals(
  session: Session,
  _id: string,
  props: Properties,
): Promise<ProviderError[]> {
  const context = contextOf(session, props);
  const refusal = (await find(context)) === undefined ? undefined : await inUse(context);
  return refusal === undefined ? [] : [refusal];
}

async function inUse(context: GroupContext): Promise<ProviderError | undefined> {
  const { clients, topics } = await context.series.activity(context.session, context.inputs);
  const names = clients.map(({ name }) => name);
  return names.length > 0 ? groupInUseError(context, names, topics) : undefined;
}

function groupInUseError(
  { inputs }: GroupContext,
  clients: readonly string[],
  topics: readonly string[],
): ProviderError {
  const reading = topics.length === 0 ? "" : `, subscribed to ${namesListed(topics, "and")}`;
  return new ProviderError(
    "GroupInUse",
    `the consumer group "${inputs.name}" of instance ${inputs.instance} is not deleted: connected to it ` +
      `${clients.length === 1 ? "is client" : "are clients"} ${namesListed(clients, "and")}${reading}. Stop ${clients.length === 1 ? "it" : "them"} and run again; ` +
      "a client is never disconnected from here, not with forceUnsubscribe either",
    { rule: "DEL-1" },
  );
}
