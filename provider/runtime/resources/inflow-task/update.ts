import { withRule } from "../../../../contract/validation/refusal.ts";
import { EventbridgeApi } from "../../api/eventbridge.ts";
import { updateStream } from "../../api/stream-definition.ts";
import { PartialError, ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { forgetTasks, isFailed, type ObservedTask, observeTask } from "../../observe/tasks.ts";
import type { Properties } from "../../resource.ts";
import { pauseTask } from "../shared/pause-task.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { hasDrifted } from "./drift.ts";
import { heldKey } from "./held.ts";
import { taskInputs, taskOutputs } from "./inputs.ts";
import { settleRunState, startFailedError } from "./run-state.ts";
import { definitionOf } from "./to-wire.ts";
import { mustFindTracking } from "./tracking.ts";

/** Changes in place what differs; the run state changes only as declared, and a task that failed is started anew. */
export async function updateTask(
  session: Session,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Properties> {
  const inputs = taskInputs(session, news);
  const untilMs = deadlineMs(session, news, "update");
  const api = new EventbridgeApi(session.api, inputs.region);
  const tracking = await mustFindTracking(session, inputs.region, inputs.source.instance);
  const look = async () => {
    const seen = await observeTask(api, id);
    if (seen !== undefined) return seen;
    throw new ProviderError(
      "NotFound",
      `the inflow task "${id}" is not in ${inputs.region} any more; run \`pulumi refresh\`, then \`pulumi up\` makes it again`,
    );
  };
  let seen = await look();
  // Paused before it is changed: nothing is read the new way first.
  if (inputs.state === "paused") seen = await pauseTask(session, inputs, seen, untilMs);
  const definition = definitionOf(inputs, tracking);
  const isPasswordNew = passwordOf(olds) !== inputs.source.password;
  if (isPasswordNew || hasDrifted(seen.record, definition)) {
    const wasRunning = seen.status === "RUNNING";
    await updateStream(api, definition);
    seen = await look();
    forgetTasks(session, inputs.region);
    // What runs is checked again by the service; it is not started over and over.
    if (wasRunning && isFailed(seen.status)) throw partial(seen, startFailedError(inputs, seen));
  }
  session.memory.hold(heldKey(inputs));
  if (isPausedByHand(seen, olds, news)) {
    session.log.warn(
      withRule(
        `The inflow task "${id}" is ${seen.status} although it is declared as running: somebody has paused it, and an ` +
          "edit keeps that. `pulumi refresh` and then `pulumi up` starts it again",
        "MQ-13",
      ),
      session.memory.urnOf("InflowTask", news),
    );
    return taskOutputs(inputs, seen, tracking);
  }
  try {
    return taskOutputs(inputs, await settleRunState(session, inputs, seen, untilMs), tracking);
  } catch (error) {
    throw partial((await observeTask(api, id).catch(() => undefined)) ?? seen, error);
  }

  function partial(last: ObservedTask, error: unknown): PartialError {
    return new PartialError(id, taskOutputs(inputs, last, tracking), error);
  }
}

/** The declared state is the old one and was reached before, so the pause is not this program's. */
function isPausedByHand(seen: ObservedTask, olds: Properties, news: Properties): boolean {
  return seen.status === "PAUSED" && olds.status === "RUNNING" && isRunning(olds) && isRunning(news);
}

function isRunning({ state }: Properties): boolean {
  return state === undefined || state === "running";
}

function passwordOf({ source }: Properties): unknown {
  return (source as Properties | undefined)?.password;
}
