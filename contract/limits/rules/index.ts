import { ALERT_RULES } from "./alerts.ts";
import { DTS_RULES } from "./dts.ts";
import { INFLOW_RULES } from "./inflow.ts";
import { QUEUE_RULES } from "./queues.ts";
import type { Rule } from "./rule.ts";
import { THINGS_RULES } from "./things.ts";

export { RULE_SOURCES, type Rule, type RuleSource } from "./rule.ts";

/** Every documented limit and rule, in the order of the documents. The README's table is made from it. */
export const RULES: readonly Rule[] = [
  ...DTS_RULES,
  ...INFLOW_RULES,
  ...QUEUE_RULES,
  ...THINGS_RULES,
  ...ALERT_RULES,
];
