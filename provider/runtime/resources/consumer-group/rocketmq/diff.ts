import type { DiffResult, Properties } from "../../../resource.ts";
import { changedKeys } from "../../shared/equal.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** The name is the id, and belongs to one instance for good. */
const REPLACE_KEYS = ["platform", "instance", "version", "name", "region"];
/** The API of 4.x has no update. */
const REPLACE_KEYS_4 = [...REPLACE_KEYS, "groupType", "remark"];

/**
 * Names are unique in an instance, on 4.x perhaps over all, so the old group always goes first; then a group that
 * must not go stops the replacement before anything is made.
 */
export function diffGroup(olds: Properties, news: Properties): DiffResult {
  const replaces = changedKeys(olds, news, news.version === "4.x" ? REPLACE_KEYS_4 : REPLACE_KEYS);
  return { changes: changedKeys(olds, news, INPUT_KEYS).length > 0, replaces, deleteBeforeReplace: true };
}
