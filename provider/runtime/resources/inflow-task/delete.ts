import { EventbridgeApi } from "../../api/eventbridge.ts";
import type { Session } from "../../host/session.ts";
import { forgetTasks, observeTask } from "../../observe/tasks.ts";
import type { Properties } from "../../resource.ts";
import { pauseTask } from "../shared/pause-task.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { heldKey } from "./held.ts";
import { taskInputs } from "./inputs.ts";
import { removeTask } from "./run-state.ts";

/**
 * Pauses the task and deletes it; the group that it reads goes after it. What is gone already is a success. A task
 * that another resource of this run has taken over stays.
 */
export async function deleteTask(session: Session, id: string, props: Properties): Promise<void> {
  const inputs = { ...taskInputs(session, props), name: id };
  if (session.memory.isHeld(heldKey(inputs))) {
    session.log.info(`the inflow task "${id}" stays: another resource has taken it over`);
    return;
  }
  const observed = await observeTask(new EventbridgeApi(session.api, inputs.region), id);
  if (observed !== undefined) {
    await pauseTask(session, inputs, observed, deadlineMs(session, props, "delete"));
    await removeTask(session, inputs);
  }
  forgetTasks(session, inputs.region);
}
