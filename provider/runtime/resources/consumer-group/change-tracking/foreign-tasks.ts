import { regionRefusal } from "../../../../../contract/limits/eventbridge.ts";
import { namesListed } from "../../../../../contract/limits/message.ts";
import { LOCAL_ENDPOINT } from "../../../../../contract/local.ts";
import { ApiError } from "../../../api/errors.ts";
import { EventbridgeApi } from "../../../api/eventbridge.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import {
  forgetTasks,
  isActive,
  type ListedTask,
  listTasksShared,
  observeTask,
} from "../../../observe/tasks.ts";
import { pauseTask } from "../../shared/pause-task.ts";
import type { GroupInputs } from "./inputs.ts";

/** Codes of a gateway that has no EventBridge, or of an account that does not use it: then no task exists either. */
const NO_TASKS = ["ServiceNotEnable", "InvalidVersion", "InvalidAction.NotFound", "InvalidApi.NotFound"];

/**
 * Inflow tasks that read the group. The program's own are deleted before their group, so whatever is left is
 * somebody else's: it makes the delete fail, or is paused with `forceUnsubscribe` (DEL-1).
 */
export async function settleForeignTasks(
  session: Session,
  inputs: GroupInputs,
  groupId: string,
  untilMs: number,
): Promise<void> {
  const tasks = await tasksOf(session, inputs, groupId);
  if (tasks.length === 0) return;
  if (inputs.forceUnsubscribe !== true) throw readByTasksError(inputs, groupId, tasks);
  const api = new EventbridgeApi(session.api, inputs.region);
  for (const { name } of tasks) {
    const observed = await observeTask(api, name);
    if (observed === undefined || !isActive(observed.status)) continue;
    await pauseTask(session, { name, region: inputs.region }, observed, untilMs);
    session.log.warn(
      `forceUnsubscribe: paused the inflow task "${name}", which reads the consumer group "${inputs.name}" (${groupId}) ` +
        "and is not of this program. Its group is deleted now: give it another one, or delete it",
      session.memory.urnOf("ConsumerGroup", inputs),
    );
  }
  forgetTasks(session, inputs.region);
}

/** All tasks that read the group. The list may be a moment old, so each that is on it is looked at again. */
export async function tasksOf(session: Session, inputs: GroupInputs, groupId: string): Promise<ListedTask[]> {
  const { region } = inputs;
  if (regionRefusal(region) !== undefined) return [];
  const listed = await list(session, inputs);
  const candidates = listed.filter((one) => one.groupId === groupId);
  const api = new EventbridgeApi(session.api, region);
  const seen = await Promise.all(candidates.map((one) => observeTask(api, one.name)));
  return candidates.filter((_, i) => seen[i]?.record.Source?.SourceDTSParameters?.Sid === groupId);
}

async function list(session: Session, inputs: GroupInputs): Promise<readonly ListedTask[]> {
  try {
    return await listTasksShared(session, inputs.region);
  } catch (error) {
    if (error instanceof ApiError && NO_TASKS.includes(error.code)) return [];
    if (!isNowhere(session, inputs.region, error)) throw error;
    if (session.memory.isNew("no eventbridge")) {
      session.log.warn(
        "No endpoint is configured for EventBridge, so nobody could be asked whether an inflow task reads the groups " +
          "that are deleted; `pulumi config set changetracking:endpoints` takes one",
      );
    }
    return [];
  }
}

/** Where the endpoints of single products are configured and EventBridge's is not, nobody need be there. */
function isNowhere(session: Session, region: string, error: unknown): boolean {
  const { address } = session.settings.endpointOf("eventbridge", region);
  const isUnreachable = error instanceof ProviderError && error.code === "Unreachable";
  return isUnreachable && session.settings.target === "configured" && address === LOCAL_ENDPOINT;
}

export function readByTasksError(
  inputs: GroupInputs,
  groupId: string,
  tasks: readonly ListedTask[],
): ProviderError {
  const names = namesListed(
    tasks.map((one) => `"${one.name}" (${one.status})`),
    "and",
  );
  return new ProviderError(
    "GroupInUse",
    `the consumer group "${inputs.name}" (${groupId}) of instance ${inputs.instance} is not deleted: inflow tasks that are ` +
      `not given this group resource read it: ${names}. Delete them (DeleteEventStreaming, or the console's Tasks page), ` +
      "give the task the group resource if it is in this program, or set forceUnsubscribe: true, which pauses them",
    { rule: "DEL-1" },
  );
}
