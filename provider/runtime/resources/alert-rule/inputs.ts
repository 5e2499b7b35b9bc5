import type { AlertRuleInputs } from "../../../schema/alert-rule.ts";
import type { Session } from "../../host/session.ts";
import type { Properties } from "../../resource.ts";

export const INPUT_KEYS = [
  "name",
  "product",
  "range",
  "metric",
  "periodSeconds",
  "trigger",
  "muteSeconds",
  "effectivePeriod",
  "contactGroups",
  "methods",
  "targets",
  "emailSubject",
  "emailRemark",
  "callbackUrl",
  "enabled",
  "region",
  "adoptExisting",
  "timeouts",
] as const satisfies readonly (keyof AlertRuleInputs)[];

/** Checked inputs, where name and region are filled in. */
export type RuleInputs = AlertRuleInputs & { readonly region: string };

/** The region may be missing in what `.get()` hands over. */
export function ruleInputs(session: Session, props: Properties): RuleInputs {
  return { region: session.settings.region, ...props } as unknown as RuleInputs;
}
