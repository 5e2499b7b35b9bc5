import type { Session } from "../../../host/session.ts";
import type { Properties, ReadResult } from "../../../resource.ts";
import { pick } from "../../shared/inputs.ts";
import { contextOf, find, groupOutputs } from "./context.ts";
import { INPUT_KEYS } from "./inputs.ts";
import { warningsOf } from "./warnings.ts";

const GONE: ReadResult = { id: "", props: {} };

/** The group as it is now; what was changed by hand comes back as inputs, so that the next preview is exact. */
export async function readGroup(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const context = contextOf(session, { name: id, ...props });
  const group = await find(context);
  if (group === undefined) return GONE;
  const activity = await context.series.activity(session, context.inputs);
  for (const warning of warningsOf(context.inputs.name, activity)) session.log.warn(warning, context.urn);
  const outputs = await groupOutputs(context, group, activity);
  return { id, props: outputs, inputs: pick(outputs, INPUT_KEYS) };
}
