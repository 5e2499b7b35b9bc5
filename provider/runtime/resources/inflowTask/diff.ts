import type { DiffResult, Properties } from "../../resource.ts";
import { changedKeys } from "../shared/equal.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** The API renames no task and moves none. */
const REPLACE_KEYS = ["name", "region"];

/** The old task goes first: a group has one consumer (DTS-2). */
export function diffTask(olds: Properties, news: Properties): DiffResult {
  return {
    changes: changedKeys(olds, news, INPUT_KEYS).length > 0,
    replaces: changedKeys(olds, news, REPLACE_KEYS),
    deleteBeforeReplace: true,
  };
}
