import { EVENTBRIDGE_ERRORS } from "../../../../contract/errors/index.ts";
import { unended } from "../../../../contract/limits/message.ts";
import { hasCode } from "../../api/errors.ts";
import { EventbridgeApi } from "../../api/eventbridge.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { isFailed, isTaskGone, type ObservedTask } from "../../observe/tasks.ts";
import { pauseTask, waitForTask } from "../shared/pause-task.ts";
import type { TaskInputs } from "./inputs.ts";

/** Brings a task to RUNNING, or to rest. Returns what was seen last. */
export async function settleRunState(
  session: Session,
  inputs: TaskInputs,
  observed: ObservedTask,
  untilMs: number,
): Promise<ObservedTask> {
  if (inputs.state === "paused") return pauseTask(session, inputs, observed, untilMs);
  if (observed.status === "RUNNING") return observed;
  const api = new EventbridgeApi(session.api, inputs.region);
  if (observed.status !== "STARTING") {
    try {
      await api.start(inputs.name);
    } catch (error) {
      throw hasCode(error, EVENTBRIDGE_ERRORS.GroupInUse.code) ? groupTakenError(inputs, error) : error;
    }
  }
  return waitForTask(session, inputs, untilMs, "RUNNING", (seen) => {
    if (isFailed(seen.status)) throw startFailedError(inputs, seen);
    return seen.status === "RUNNING";
  });
}

/** Asks the service to take the task away, which may be gone already. */
export async function removeTask(session: Session, { name, region }: TaskInputs): Promise<void> {
  try {
    await new EventbridgeApi(session.api, region).delete(name);
  } catch (error) {
    if (!isTaskGone(error)) throw error;
  }
}

export function startFailedError(inputs: TaskInputs, seen: ObservedTask): ProviderError {
  const reason = seen.problem === "" ? "the service gives no reason" : unended(seen.problem);
  return new ProviderError(
    "TaskNotRunning",
    `the inflow task "${inputs.name}" is ${seen.status}: ${reason}. ` +
      "It stays in the state; correct what is named and run `pulumi up` again, which starts it anew",
  );
}

function groupTakenError(inputs: TaskInputs, cause: Error): ProviderError {
  return new ProviderError(
    "TaskNotRunning",
    `the inflow task "${inputs.name}" cannot start: ${unended(cause.message)}. If the other task is one that this change takes ` +
      "out of the program, Pulumi creates before it deletes: run `pulumi destroy --target '**::NAME'` with the name " +
      "of the resource that goes, then `pulumi up`",
    { cause, rule: "DTS-2" },
  );
}
