import { type InflowTaskInputs, inflowTask } from "../../../schema/inflow-task.ts";
import { inputKeys } from "../../../schema/marks.ts";
import type { Session } from "../../host/session.ts";
import type { ObservedTask } from "../../observe/tasks.ts";
import type { Properties } from "../../resource.ts";
import type { Tracking } from "./tracking.ts";

export const INPUT_KEYS = inputKeys(inflowTask);

/** Checked inputs, where name, region and state are filled in. */
export type TaskInputs = InflowTaskInputs & { readonly region: string; readonly state: "running" | "paused" };

/** Region and state may be missing in what `.get()` hands over. */
export function taskInputs(session: Session, props: Properties): TaskInputs {
  return { region: session.settings.region, state: "running", ...props } as unknown as TaskInputs;
}

/** The state: every input, so that a later diff and delete have all they need, and what was observed. */
export function taskOutputs(inputs: Properties, observed: ObservedTask, tracking: Tracking): Properties {
  return {
    ...inputs,
    status: observed.status,
    accessMethod: tracking.accessMethod,
    sourceInstanceId: tracking.sourceInstanceId,
    metrics: observed.metrics,
    problem: observed.problem,
  };
}
