import type { Session } from "../../host/session.ts";
import type { Properties, ReadResult } from "../../resource.ts";
import { pick } from "../shared/inputs.ts";
import { contextOf, observe, ruleOutputs } from "./context.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** The rule as it is now; what was changed by hand comes back as inputs, so that the next preview is exact. */
export async function readRule(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const context = contextOf(session, props);
  const observed = await observe(context.api, id);
  if (observed === undefined) return { id: "", props: {} };
  const outputs = ruleOutputs(context, id, observed);
  return { id, props: outputs, inputs: pick(outputs, INPUT_KEYS) };
}
