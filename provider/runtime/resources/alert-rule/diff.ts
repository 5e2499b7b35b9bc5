import type { DiffResult, Properties } from "../../resource.ts";
import { changedKeys } from "../shared/equal.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** A rule on another metric or in another region is another rule. Everything else is changed in place. */
const REPLACE_KEYS = ["product", "metric", "region"];

/** Replaced for another reason (`replaceOnChanges`, say) the rule keeps its id, so the old one has to go first. */
export function diffRule(olds: Properties, news: Properties): DiffResult {
  const replaces = changedKeys(olds, news, REPLACE_KEYS);
  const isChanged = changedKeys(olds, news, INPUT_KEYS).length > 0;
  return { changes: isChanged, replaces, deleteBeforeReplace: replaces.length === 0 };
}
