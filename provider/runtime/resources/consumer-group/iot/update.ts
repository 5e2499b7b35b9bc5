import { DEFAULT_GROUP_ID } from "../../../../../contract/limits/iot.ts";
import { PartialError, ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { contextOf, type GroupContext, noteShared, placeText } from "./context.ts";
import { defaultGroupError } from "./create.ts";
import { groupInputs, type StateSubscription } from "./inputs.ts";
import { findGroup, relationOf, statusOf } from "./observe.ts";
import { groupOutputs, IDLE } from "./outputs.ts";
import { subscribe } from "./subscribe.ts";
import { lastOneObstacle, unsubscribe } from "./unsubscribe.ts";

/** A group that is checked a moment later may want the product that this one leaves. */
const SETTLE_MS = 1_000;
/** How long to wait for a group of the same run that wants the product. */
const SUCCESSOR_MS_MAX = 30_000;
const LOOK_MS = 200;

/**
 * Renames, adds subscriptions, then takes off those that the program has dropped: only what the state knew as the
 * program's own or has shown as drift. Whatever fails, the state gets what is done.
 */
export async function updateGroup(
  session: Session,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Properties> {
  const before = groupInputs(session, olds);
  const context = contextOf(session, news);
  for (const productKey of before.madeSubscriptions ?? []) context.made.add(productKey);
  for (const productKey of before.sharedSubscriptions ?? []) context.shared.add(productKey);
  if (id === DEFAULT_GROUP_ID) throw defaultGroupError(context.inputs.name);
  const group = await findGroup(context.api, id);
  if (group === undefined) throw notFoundError(context, id);
  session.memory.hold(id);
  const wanted = context.inputs.subscriptions ?? [];
  const present = new Map((before.subscriptions ?? []).map((one) => [one.productKey, one]));
  let name = group.GroupName ?? before.name;
  const seen = async () => ({
    id,
    name,
    subscriptions: [...present.values()],
    status: await statusOf(context.api, id).then(
      ({ status }) => status,
      () => IDLE,
    ),
  });
  try {
    if (name !== context.inputs.name) {
      await context.api.renameGroup(id, context.inputs.name);
      name = context.inputs.name;
    }
    for (const one of wanted) {
      await subscribe(context, id, one);
      present.set(one.productKey, one);
    }
    for (const dropped of before.subscriptions ?? []) {
      if (wanted.some((one) => one.productKey === dropped.productKey)) continue;
      await waitForSuccessor(context, id, dropped);
      await unsubscribe(context, id, dropped.productKey, dropped);
      present.delete(dropped.productKey);
    }
  } catch (error) {
    throw new PartialError(id, groupOutputs(context, await seen()), error);
  }
  noteShared(context, [...present.keys()]);
  return groupOutputs(context, await seen());
}

/**
 * A subscription must not lose its only group while another group of this run is about to join it. Returns as soon as
 * somebody else is on it, or when nobody is going to come; what then follows is judged by whoever takes it off.
 */
async function waitForSuccessor(
  context: GroupContext,
  id: string,
  dropped: StateSubscription,
): Promise<void> {
  const { clock } = context.session;
  const startedMs = clock.nowMs();
  for (;;) {
    const relation = await relationOf(context.api, dropped.productKey);
    const isLast = relation?.groupIds.length === 1 && relation.groupIds[0] === id;
    if (!isLast || relation === undefined) return;
    const waitMsMax = hasSuccessor(context, dropped.productKey) ? SUCCESSOR_MS_MAX : SETTLE_MS;
    if (clock.nowMs() - startedMs < waitMsMax) {
      await clock.sleep(LOOK_MS);
      continue;
    }
    const obstacle = lastOneObstacle(context, id, relation, dropped);
    const isAwaited = waitMsMax === SUCCESSOR_MS_MAX;
    if (obstacle === undefined && !isAwaited) return;
    const why = isAwaited
      ? `another group of this program is to take its place on product ${dropped.productKey} but has not joined yet; ` +
        "add it there in a first `pulumi up`, take this one off in a second"
      : obstacle;
    throw new ProviderError("GroupInUse", `the group stays subscribed: ${why}`);
  }
}

function hasSuccessor({ session, inputs }: GroupContext, productKey: string): boolean {
  return session.memory
    .declared("iotSubscription")
    .some((one) => one.scopeId === productKey && one.name !== inputs.name);
}

function notFoundError({ inputs, place }: GroupContext, id: string): ProviderError {
  return new ProviderError(
    "NotFound",
    `the consumer group "${inputs.name}" (${id}) is not on ${placeText(place)} any more; ` +
      "run `pulumi refresh`, then `pulumi up` makes it again",
  );
}
