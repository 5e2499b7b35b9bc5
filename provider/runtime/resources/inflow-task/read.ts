import { EventbridgeApi } from "../../api/eventbridge.ts";
import { isEqual } from "../../equal.ts";
import type { Session } from "../../host/session.ts";
import { isActive, type ObservedTask, observeTask } from "../../observe/tasks.ts";
import type { Properties, ReadResult } from "../../resource.ts";
import { pick } from "../shared/inputs.ts";
import { isSameFilter, isSameSink, jsonOrText } from "./drift.ts";
import { observedOptions, observedSink, observedSource } from "./from-wire.ts";
import { INPUT_KEYS, type TaskInputs, taskInputs, taskOutputs } from "./inputs.ts";
import { filterText, runOptionsOf, sinkOf, transformsOf } from "./to-wire.ts";
import { findTracking, type Tracking } from "./tracking.ts";

/** The task as it is now; what was changed by hand comes back as inputs, so that the next preview is exact. */
export async function readTask(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const known = { ...taskInputs(session, props), name: id };
  const observed = await observeTask(new EventbridgeApi(session.api, known.region), id);
  if (observed === undefined) return { id: "", props: {} };
  const inputs = pick({ ...known, ...drifted(known, observed) }, INPUT_KEYS);
  return { id, props: taskOutputs(inputs, observed, await trackingOf(session, inputs, props)), inputs };
}

/** The instance may be gone, or cannot be asked: what was known of it stays. */
async function trackingOf(session: Session, inputs: Properties, props: Properties): Promise<Tracking> {
  const { instance } = inputs.source as TaskInputs["source"];
  const found = await findTracking(session, String(inputs.region), instance).catch(() => undefined);
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return (
    found ?? {
      topic: "",
      brokerUrl: "",
      accessMethod: text(props.accessMethod),
      sourceInstanceId: text(props.sourceInstanceId),
      range: undefined,
    }
  );
}

/** A value that says the same as the state keeps the state's form. */
function drifted(known: TaskInputs, observed: ObservedTask): Properties {
  const { record } = observed;
  const isKnown = known.sink !== undefined;
  const filter = record.FilterPattern ?? "";
  const isFilterSame = isSameFilter(filter, filterText(known.filter));
  const areOptionsSame = isEqual(record.RunOptions ?? {}, runOptionsOf(known));
  const [first] = record.Transforms ?? [];
  return {
    source: observedSource(known.source, record),
    state: stateOf(known, observed.status),
    ...((record.Description ?? "") === (known.description ?? "") ? {} : { description: record.Description }),
    ...(isFilterSame ? {} : { filter: jsonOrText(filter || "{}") }),
    ...(isKnown && isSameSink(record.Sink, sinkOf(known)) ? {} : { sink: observedSink(record) }),
    ...(areOptionsSame ? {} : observedOptions(record.RunOptions ?? {})),
    ...(isEqual(record.Transforms ?? [], transformsOf(known))
      ? {}
      : { transform: first?.Arn ? { functionArn: first.Arn } : undefined }),
  };
}

/** A task that failed, or was never started, is on no other way than declared. */
function stateOf(known: TaskInputs, status: string): TaskInputs["state"] {
  if (isActive(status)) return "running";
  return status === "PAUSED" ? "paused" : known.state;
}
