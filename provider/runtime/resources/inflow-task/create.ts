import { EVENTBRIDGE_ERRORS } from "../../../../contract/errors/index.ts";
import { ApiError, hasCode } from "../../api/errors.ts";
import { EventbridgeApi, type StreamDefinition } from "../../api/eventbridge.ts";
import { PartialError, ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { forgetTasks, type ObservedTask, observeTask } from "../../observe/tasks.ts";
import type { Begun, CreateKey } from "../../ownership/unfinished.ts";
import type { CreateResult, Properties } from "../../resource.ts";
import { adoptionObstacle, differs, mismatchesOf } from "../shared/adopt.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { heldKey } from "./held.ts";
import { type TaskInputs, taskInputs, taskOutputs } from "./inputs.ts";
import { settleRunState } from "./run-state.ts";
import { hasDrifted } from "./same.ts";
import { mustFindTracking } from "./tracking.ts";
import { definitionOf } from "./wire.ts";

/** Times a create is sent again after an answer was lost and the task is seen not to be there. */
const LOST_ANSWERS_MAX = 5;

/**
 * Makes the task, or takes it over with `adoptExisting` or when an earlier run has left it behind; then starts it.
 * Names are unique in a region, so after a lost answer a look tells whether the work was done. A task that was made
 * and does not start stays in the state.
 */
export async function createTask(session: Session, props: Properties): Promise<CreateResult> {
  const inputs = taskInputs(session, props);
  const untilMs = deadlineMs(session, props, "create");
  const api = new EventbridgeApi(session.api, inputs.region);
  const tracking = await mustFindTracking(session, inputs.region, inputs.source.instance);
  const key: CreateKey = {
    urn: session.memory.urnOf("InflowTask", props),
    address: session.settings.endpointOf("eventbridge", inputs.region).address,
    region: inputs.region,
    within: inputs.name,
  };
  const definition = definitionOf(inputs, tracking);
  const making: Making = { session, inputs, api, key, definition, left: session.unfinished.find(key) };
  const present = await observeTask(api, inputs.name);
  const made = present === undefined ? await make(making) : await takeOver(making, present);
  session.memory.hold(heldKey(inputs));
  forgetTasks(session, inputs.region);
  const outs = (seen: ObservedTask) => taskOutputs(inputs, seen, tracking);
  try {
    const settled = await settleRunState(session, inputs, made, untilMs);
    return { id: inputs.name, outs: outs(settled) };
  } catch (error) {
    const seen = await observeTask(api, inputs.name).catch(() => undefined);
    throw new PartialError(inputs.name, outs(seen ?? made), error);
  } finally {
    session.unfinished.handOver(key);
  }
}

interface Making {
  readonly session: Session;
  readonly inputs: TaskInputs;
  readonly api: EventbridgeApi;
  readonly key: CreateKey;
  readonly definition: StreamDefinition;
  /** What an earlier run has left; read before this one writes. */
  readonly left: Begun | undefined;
}

async function make(making: Making): Promise<ObservedTask> {
  const { session, inputs, api, key, definition } = making;
  session.unfinished.begin(key, { groupId: inputs.source.groupId });
  for (let lost = 0; ; lost += 1) {
    try {
      await api.create(definition);
      session.unfinished.made(key, inputs.name);
      return (await observeTask(api, inputs.name)) ?? FRESH;
    } catch (error) {
      const mayBeDone = error instanceof ApiError && error.mayHaveWorked;
      const isTaken = hasCode(error, EVENTBRIDGE_ERRORS.StreamExists.code);
      if (lost === 0 && !mayBeDone) session.unfinished.forget(key);
      if (!mayBeDone && !isTaken) throw error;
      const found = await observeTask(api, inputs.name);
      if (found !== undefined) {
        // After a lost answer a task of this name that is what was asked for is the one that was made.
        const isOurs = (mayBeDone || lost > 0) && !hasDrifted(found.record, definition);
        return isOurs ? found : takeOver(making, found);
      }
      if (isTaken || lost >= LOST_ANSWERS_MAX) throw error;
    }
  }
}

/** A task that was made and is not seen yet. */
const FRESH: ObservedTask = { record: {}, status: "READY", metrics: {}, problem: "" };

async function takeOver(making: Making, found: ObservedTask): Promise<ObservedTask> {
  const { session, inputs, key, api, definition } = making;
  const isOwn = making.left !== undefined && making.left.facts.groupId === groupOf(found);
  if (!isOwn && inputs.adoptExisting !== true && !session.settings.adoptsExisting) throw taken(inputs, found);
  if (!isOwn) mayTakeOver(making, found);
  if (isOwn) session.unfinished.made(key, inputs.name);
  else session.memory.holders.takeOver(heldKey(inputs));
  await api.update(definition);
  const how = isOwn ? "went on with what an interrupted run had made," : "took over";
  session.log.info(`${how} the inflow task "${inputs.name}" and set what is declared`, key.urn);
  return (await observeTask(api, inputs.name)) ?? found;
}

/** A task that reads another group, or something else than a group, is another task. */
function mayTakeOver({ session, inputs, key }: Making, found: ObservedTask): void {
  const what = `the event stream "${inputs.name}" of ${inputs.region}`;
  const obstacle = adoptionObstacle(session, key.urn, heldKey(inputs));
  if (obstacle !== undefined) {
    throw new ProviderError("AlreadyExists", `${what} exists already, and it is not taken over: ${obstacle}`);
  }
  const present = { instance: found.record.Source?.SourceDTSParameters?.TaskId, groupId: groupOf(found) };
  const { instance, groupId } = inputs.source;
  const mismatches = mismatchesOf(present, { instance, groupId }, ["instance", "groupId"], "source.");
  if (mismatches.length > 0) throw differs(what, mismatches);
}

function groupOf({ record }: ObservedTask): string | undefined {
  return record.Source?.SourceDTSParameters?.Sid;
}

function taken(inputs: TaskInputs, found: ObservedTask): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `${inputs.region} already has an event stream "${inputs.name}" (${found.status}). Set adoptExisting: true to take it ` +
      "over with what is declared here (CHANGE_TRACKING_ADOPT_EXISTING=true does it for one run), give another name, " +
      "or, if the resource was renamed in the program, add an alias",
  );
}
