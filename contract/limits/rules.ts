import { ALERT_RULES } from "./rules/alerts.ts";
import { DTS_RULES } from "./rules/dts.ts";
import { INFLOW_RULES } from "./rules/inflow.ts";
import { QUEUE_RULES } from "./rules/queues.ts";
import type { Rule } from "./rules/rule.ts";
import { THINGS_RULES } from "./rules/things.ts";

export { RULE_SOURCES, type Rule, type RuleSource } from "./rules/rule.ts";

/** Every documented limit and rule, in the order of the documents. The README's table is made from it. */
export const RULES: readonly Rule[] = [
  ...DTS_RULES,
  ...INFLOW_RULES,
  ...QUEUE_RULES,
  ...THINGS_RULES,
  ...ALERT_RULES,
];
