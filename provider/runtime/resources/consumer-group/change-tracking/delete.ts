import { DTS_ERRORS } from "../../../../../contract/errors/index.ts";
import { DtsApi } from "../../../api/dts.ts";
import { hasCode } from "../../../api/errors.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import { isInstanceGone } from "../../../observe/instance.ts";
import { listGroupsShared, type ObservedGroup } from "../../../observe/tracking-groups.ts";
import type { Leaving, Properties } from "../../../resource.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { type GroupInputs, groupInputs } from "./inputs.ts";
import { whenNormal } from "./normal.ts";

/**
 * Deletes the group unless an inflow task reads it or a client is connected (DEL-1). What is gone already is a success. A group that another
 * resource of this run has taken over stays.
 */
export async function deleteGroup(session: Session, id: string, props: Properties): Promise<void> {
  const inputs = groupInputs(session, props);
  if (session.memory.isHeld(id)) {
    session.log.info(`the consumer group "${inputs.name}" (${id}) stays: another resource has taken it over`);
    return;
  }
  try {
    const untilMs = deadlineMs(session, props, "delete");
    const group = await findGroup(session, inputs, id);
    if (group === undefined) return;
    // Knows EventBridge, which a run without a delete need not load.
    const { settleForeignTasks } = await import("./foreign-tasks.ts");
    await settleForeignTasks(session, inputs, id, untilMs);
    if (group.status.connected) throw groupInUseError(inputs, group);
    await whenNormal(session, inputs, untilMs, () =>
      new DtsApi(session.api, inputs.region).deleteGroup({
        DtsInstanceId: inputs.instance,
        ConsumerGroupId: id,
      }),
    );
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** The same judgement without a change. A client may well be a task that goes first, and is not held against it then. */
export async function groupRefusals(
  session: Session,
  id: string,
  props: Properties,
  leaving: Leaving,
): Promise<ProviderError[]> {
  const inputs = groupInputs(session, props);
  try {
    const group = await findGroup(session, inputs, id);
    if (group === undefined) return [];
    const { readByTasksError, tasksOf } = await import("./foreign-tasks.ts");
    const tasks = await tasksOf(session, inputs, id);
    const foreign = tasks.filter(({ name }) => !leaving.tasks.has(name));
    const isRead = foreign.length > 0 && inputs.forceUnsubscribe !== true;
    return [
      ...(isRead ? [readByTasksError(inputs, id, foreign)] : []),
      ...(group.status.connected && foreign.length === tasks.length ? [groupInUseError(inputs, group)] : []),
    ];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

async function findGroup(
  session: Session,
  inputs: GroupInputs,
  id: string,
): Promise<ObservedGroup | undefined> {
  return (await listGroupsShared(session, inputs)).find((one) => one.id === id);
}

function isGone(error: unknown): boolean {
  return isInstanceGone(error) || hasCode(error, DTS_ERRORS.ConsumerGroupNotFound.code);
}

function groupInUseError(inputs: GroupInputs, group: ObservedGroup): ProviderError {
  return new ProviderError(
    "GroupInUse",
    `the consumer group "${group.name}" (${group.id}) of instance ${inputs.instance} is not deleted: a client is ` +
      `connected as account ${group.account} (${group.status.unconsumed} messages to read). ` +
      "Stop that client and run again; it is never disconnected from here, not with forceUnsubscribe either",
    { rule: "DEL-1" },
  );
}
