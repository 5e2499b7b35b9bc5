import { EVENTBRIDGE_ERRORS } from "../../../../contract/errors/index.ts";
import { hasCode } from "../../api/errors.ts";
import { EventbridgeApi } from "../../api/eventbridge.ts";
import { createStream, updateStream } from "../../api/stream-definition.ts";
import { createResource } from "../../create.ts";
import type { Session } from "../../host/session.ts";
import { forgetTasks, type ObservedTask, observeTask } from "../../observe/tasks.ts";
import { adoptionRefusedError, mismatchesOf } from "../../ownership/adopt.ts";
import type { CreateResult, Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { hasDrifted } from "./drift.ts";
import { heldKey } from "./held.ts";
import { taskInputs, taskOutputs } from "./inputs.ts";
import { settleRunState } from "./run-state.ts";
import { definitionOf } from "./to-wire.ts";
import { mustFindTracking } from "./tracking.ts";

/**
 * Makes the task and starts it. Names are unique in a region, so after a lost answer a look tells whether the work was
 * done. A task that was made and does not start stays in the state.
 */
export async function createTask(session: Session, props: Properties): Promise<CreateResult> {
  const inputs = taskInputs(session, props);
  const { name, region } = inputs;
  const untilMs = deadlineMs(session, props, "create");
  const api = new EventbridgeApi(session.api, region);
  const tracking = await mustFindTracking(session, region, inputs.source.instance);
  const definition = definitionOf(inputs, tracking);
  const what = `the event stream "${name}" of ${region}`;
  const find = () => observeTask(api, name);
  return createResource<ObservedTask>({
    session,
    urn: session.memory.urnOf("InflowTask", props),
    product: "eventbridge",
    region,
    within: name,
    adoptExisting: inputs.adoptExisting,
    idOf: () => name,
    heldAs: () => heldKey(inputs),

    find,
    isOwn: (found, left) => left.facts.groupId === groupOf(found),
    /** A task that reads another group, or something else than a group, is another task. */
    mayTakeOver(found, isOwn) {
      const present = { instance: found.record.Source?.SourceDTSParameters?.TaskId, groupId: groupOf(found) };
      const { instance, groupId } = inputs.source;
      const mismatches = mismatchesOf(present, { instance, groupId }, ["instance", "groupId"], "source.");
      if (!isOwn && mismatches.length > 0) throw adoptionRefusedError(what, mismatches);
    },
    async takeOver(found) {
      await updateStream(api, definition);
      return (await find()) ?? found;
    },
    done: (_, how) => `${how} the inflow task "${name}" and set what is declared`,
    taken: ({ status }) =>
      `${region} already has an event stream "${name}" (${status}). Set adoptExisting: true to take it ` +
      "over with what is declared here (CHANGE_TRACKING_ADOPT_EXISTING=true does it for one run), give another name, " +
      "or, if the resource was renamed in the program, add an alias",
    notTakenOver: (_, obstacle) => `${what} exists already, and it is not taken over: ${obstacle}`,

    facts: () => ({ groupId: inputs.source.groupId }),
    async send() {
      await createStream(api, definition);
      return (await find()) ?? { record: {}, status: "READY", metrics: {}, problem: "" };
    },
    isTaken: (error) => hasCode(error, EVENTBRIDGE_ERRORS.StreamExists.code),
    isMade: (found) => !hasDrifted(found.record, definition),

    async finish(made) {
      forgetTasks(session, region);
      return taskOutputs(inputs, await settleRunState(session, inputs, made, untilMs), tracking);
    },
    async unfinished(made) {
      return taskOutputs(inputs, (await find().catch(() => undefined)) ?? made, tracking);
    },
  });
}

function groupOf({ record }: ObservedTask): string | undefined {
  return record.Source?.SourceDTSParameters?.Sid;
}
