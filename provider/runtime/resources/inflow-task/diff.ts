import { isFailed } from "../../observe/tasks.ts";
import type { DiffResult, Properties } from "../../resource.ts";
import { changedKeys } from "../shared/equal.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** The API renames no task and moves none. */
const REPLACE_KEYS = ["name", "region"];

/**
 * The old task goes first: a group has one consumer (DTS-2). Another group makes another task, because a group that
 * is deleted before it is replaced is kept by a task that still reads it; so the engine takes the task away first.
 */
export function diffTask(olds: Properties, news: Properties): DiffResult {
  const isOtherGroup = changedKeys(sourceOf(olds), sourceOf(news), ["groupId"]).length > 0;
  return {
    // What refresh found failed is started anew, or says why it cannot be.
    changes: changedKeys(olds, news, INPUT_KEYS).length > 0 || isToStart(olds, news),
    replaces: [...changedKeys(olds, news, REPLACE_KEYS), ...(isOtherGroup ? ["source"] : [])],
    deleteBeforeReplace: true,
  };
}

function isToStart(olds: Properties, news: Properties): boolean {
  return typeof olds.status === "string" && isFailed(olds.status) && news.state !== "paused";
}

/** A source that is not known as a whole is one with an unknown group. */
function sourceOf({ source }: Properties): Properties {
  return typeof source === "object" && source !== null ? (source as Properties) : { groupId: source };
}
