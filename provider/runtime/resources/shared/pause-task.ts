import { EventbridgeApi } from "../../api/eventbridge.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { waitUntil } from "../../host/wait.ts";
import { isActive, type ObservedTask, observeTask } from "../../observe/tasks.ts";

/** Which inflow task; names are ids within a region. */
export interface TaskPlace {
  readonly name: string;
  readonly region: string;
}

/** Pauses a task that runs or is about to; any other is at rest already. */
export async function pauseTask(
  session: Session,
  task: TaskPlace,
  observed: ObservedTask,
  untilMs: number,
): Promise<ObservedTask> {
  if (!isActive(observed.status)) return observed;
  await new EventbridgeApi(session.api, task.region).pause(task.name);
  return waitForTask(session, task, untilMs, "PAUSED", (seen) => !isActive(seen.status));
}

/** Throws ProviderError `NotFound` when the task goes meanwhile. */
export function waitForTask(
  session: Session,
  task: TaskPlace,
  untilMs: number,
  goal: string,
  isDone: (seen: ObservedTask) => boolean,
): Promise<ObservedTask> {
  const api = new EventbridgeApi(session.api, task.region);
  return waitUntil({
    clock: session.clock,
    log: session.log,
    urn: session.memory.urnOf("InflowTask", task),
    untilMs,
    what: `inflow task "${task.name}" to be ${goal}`,
    look: async () => (await observeTask(api, task.name)) ?? throwNotFound(task.name),
    isDone,
    describe: (seen) => seen.status,
    advice: "Look at the task in the console, then run `pulumi up` again, or raise timeouts.",
  });
}

function throwNotFound(name: string): never {
  throw new ProviderError(
    "NotFound",
    `the inflow task "${name}" is gone: somebody has deleted it. Run \`pulumi refresh\`, then \`pulumi up\` makes it again`,
  );
}
