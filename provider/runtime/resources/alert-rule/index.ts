import type { ResourceKind } from "../../resource.ts";
import { checkRule } from "./check.ts";
import { createRule } from "./create.ts";
import { deleteRule } from "./delete.ts";
import { diffRule } from "./diff.ts";
import { readRule } from "./read.ts";
import { updateRule } from "./update.ts";

/** `AlertRule`: a rule of CloudMonitor. */
export const alertRuleKind: ResourceKind = {
  name: "AlertRule",
  check: checkRule,
  diff: async (olds, news) => diffRule(olds, news),
  heldAs: (_session, id) => id,
  create: createRule,
  read: readRule,
  update: updateRule,
  delete: deleteRule,
};
