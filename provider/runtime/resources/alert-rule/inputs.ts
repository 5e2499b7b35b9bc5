import { type AlertRuleInputs, alertRule } from "../../../schema/alert-rule.ts";
import { inputKeys } from "../../../schema/marks.ts";
import type { Session } from "../../host/session.ts";
import type { Properties } from "../../resource.ts";

export const INPUT_KEYS = inputKeys(alertRule);

/** Checked inputs, where name and region are filled in. */
export type RuleInputs = AlertRuleInputs & { readonly region: string };

/** The region may be missing in what `.get()` hands over. */
export function ruleInputs(session: Session, props: Properties): RuleInputs {
  return { region: session.settings.region, ...props } as unknown as RuleInputs;
}
