import {
  type ChangeTrackingInstanceInputs,
  changeTrackingInstance,
} from "../../../schema/change-tracking-instance.ts";
import { inputKeys } from "../../../schema/marks.ts";
import type { Session } from "../../host/session.ts";
import type { ObservedInstance } from "../../observe/instance.ts";
import type { Properties } from "../../resource.ts";

export const KIND = "ChangeTrackingInstance";

export const INPUT_KEYS = inputKeys(changeTrackingInstance);

/** Checked inputs, where all defaults are filled in. */
export type InstanceInputs = Required<Pick<ChangeTrackingInstanceInputs, "name" | "payType">> &
  ChangeTrackingInstanceInputs & { readonly region: string };

/** The region may be missing in what `.get()` hands over. */
export function instanceInputs(session: Session, props: Properties): InstanceInputs {
  return { region: session.settings.region, payType: "PostPaid", ...props } as unknown as InstanceInputs;
}

/** The state: every input, so that a later diff has all it needs, and what was observed. */
export function instanceOutputs(inputs: Properties, observed: ObservedInstance): Properties {
  const { instanceId, jobId, status, topic, brokers, dataRange } = observed;
  return { ...inputs, instanceId, jobId, status, topic, brokers, dataRange };
}
