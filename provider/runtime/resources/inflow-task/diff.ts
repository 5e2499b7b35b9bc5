import { inflowTask } from "../../../schema/inflow-task.ts";
import { isFailed } from "../../observe/tasks.ts";
import type { DiffResult, Properties } from "../../resource.ts";
import { diffInputs } from "../shared/diff.ts";

/**
 * The old task goes first: a group has one consumer (DTS-2). Another group makes another task, because a group that
 * is deleted before it is replaced is kept by a task that still reads it; so the engine takes the task away first.
 */
export function diffTask(olds: Properties, news: Properties): DiffResult {
  const { changes, replaces } = diffInputs(inflowTask, olds, news);
  // What refresh found failed is started anew, or says why it cannot be.
  return { changes: changes || isToStart(olds, news), replaces, deleteBeforeReplace: true };
}

function isToStart(olds: Properties, news: Properties): boolean {
  return typeof olds.status === "string" && isFailed(olds.status) && news.state !== "paused";
}
