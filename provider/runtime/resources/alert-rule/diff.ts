import { alertRule } from "../../../schema/alert-rule.ts";
import type { DiffResult, Properties } from "../../resource.ts";
import { diffInputs } from "../shared/diff.ts";

/** Replaced for another reason (`replaceOnChanges`, say) the rule keeps its id, so the old one has to go first. */
export function diffRule(olds: Properties, news: Properties): DiffResult {
  const found = diffInputs(alertRule, olds, news);
  return { ...found, deleteBeforeReplace: found.replaces.length === 0 };
}
