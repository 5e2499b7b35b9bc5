import { EVENTBRIDGE_ERRORS } from "../../../../contract/errors/index.ts";
import { unended } from "../../../../contract/limits/message.ts";
import { hasCode } from "../../api/errors.ts";
import { EventbridgeApi } from "../../api/eventbridge.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { waitUntil } from "../../host/wait.ts";
import type { TaskInputs } from "./inputs.ts";
import { isActive, isFailed, isTaskGone, type ObservedTask, observeTask } from "./observe.ts";

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
      throw hasCode(error, EVENTBRIDGE_ERRORS.GroupInUse.code) ? groupTaken(inputs, error) : error;
    }
  }
  return waitUntil({
    ...waitingFor(session, inputs, untilMs),
    what: `inflow task "${inputs.name}" to be RUNNING`,
    look: () => mustObserve(api, inputs.name),
    isDone: (seen) => {
      if (isFailed(seen.status)) throw startFailed(inputs, seen);
      return seen.status === "RUNNING";
    },
  });
}

/** Pauses a task that runs or is about to; any other is at rest already. */
export async function pauseTask(
  session: Session,
  task: Pick<TaskInputs, "name" | "region">,
  observed: ObservedTask,
  untilMs: number,
): Promise<ObservedTask> {
  if (!isActive(observed.status)) return observed;
  const api = new EventbridgeApi(session.api, task.region);
  await api.pause(task.name);
  return waitUntil({
    ...waitingFor(session, task, untilMs),
    what: `inflow task "${task.name}" to be PAUSED`,
    look: () => mustObserve(api, task.name),
    isDone: (seen) => !isActive(seen.status),
  });
}

function waitingFor(session: Session, task: object, untilMs: number) {
  return {
    clock: session.clock,
    log: session.log,
    urn: session.memory.urnOf("InflowTask", task),
    untilMs,
    describe: (seen: ObservedTask) => seen.status,
    advice: "Look at the task in the console, then run `pulumi up` again, or raise timeouts.",
  };
}

async function mustObserve(api: EventbridgeApi, name: string): Promise<ObservedTask> {
  const seen = await observeTask(api, name);
  if (seen !== undefined) return seen;
  throw new ProviderError(
    "NotFound",
    `the inflow task "${name}" is gone: somebody has deleted it. Run \`pulumi refresh\`, then \`pulumi up\` makes it again`,
  );
}

/** Asks the service to take the task away, which may be gone already. */
export async function removeTask(session: Session, { name, region }: TaskInputs): Promise<void> {
  try {
    await new EventbridgeApi(session.api, region).delete(name);
  } catch (error) {
    if (!isTaskGone(error)) throw error;
  }
}

export function startFailed(inputs: TaskInputs, seen: ObservedTask): ProviderError {
  const reason = seen.problem === "" ? "the service gives no reason" : unended(seen.problem);
  return new ProviderError(
    "TaskNotRunning",
    `the inflow task "${inputs.name}" is ${seen.status}: ${reason}. ` +
      "It stays in the state; correct what is named and run `pulumi up` again, which starts it anew",
  );
}

function groupTaken(inputs: TaskInputs, cause: Error): ProviderError {
  return new ProviderError(
    "TaskNotRunning",
    `the inflow task "${inputs.name}" cannot start: ${unended(cause.message)}. If the other task is one that this change takes ` +
      "out of the program, Pulumi creates before it deletes: run `pulumi destroy --target '**::NAME'` with the name " +
      "of the resource that goes, then `pulumi up` [DTS-2]",
    { cause },
  );
}
