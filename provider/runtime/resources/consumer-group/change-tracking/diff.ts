import type { DiffResult, Properties } from "../../../resource.ts";
import { changedKeys } from "../../shared/equal.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** A group belongs to one instance for good; everything else can be changed in place. */
const REPLACE_KEYS = ["platform", "instance", "region"];

/**
 * Replaced within the same instance (by `replaceOnChanges`, say) the old group has to go first, because names
 * are unique there and the instance may be full.
 */
export function diffGroup(olds: Properties, news: Properties): DiffResult {
  const replaces = changedKeys(olds, news, REPLACE_KEYS);
  return {
    changes: changedKeys(olds, news, INPUT_KEYS).length > 0,
    replaces,
    deleteBeforeReplace: !replaces.includes("instance"),
  };
}
