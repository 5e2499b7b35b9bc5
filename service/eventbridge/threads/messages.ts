import type { MessagePort } from "node:worker_threads";
import type { Settings } from "../../core/settings/service-options.ts";
import type { TaskFigures, TaskOrder, TaskState } from "../inflow/task/task-order.ts";

/* What the main thread and the inflow thread say to each other. A task is named by its key. */

/** How the inflow thread is started: which addresses it may connect to, and what multiplies the waits between retries. */
export type InflowThreadData = Pick<Settings, "host" | "outbound" | "waitScale">;

/** Of a line to another room's thread. */
export type LineKind = "changes" | "messages5";

/** What the main thread asks of the inflow thread. */
export interface InflowThreadCalls {
  /** Runs a task until it is told to stop; what ran under its key before ends first. */
  run(input: TaskOrder): void;
  /** Answers when nothing is sent any more and what was sent is recorded, or the bound is over. */
  stop(input: { readonly key: string }): void;
  stopAll(input: Record<string, never>): void;
  /** The end of a new line. */
  line(input: { readonly kind: LineKind; readonly port: MessagePort }): void;
}

/** With another group a task has not consumed yet. */
export type ConsumingTask = Pick<TaskOrder, "region" | "name" | "groupId">;

/** What the inflow thread asks of the main thread. */
export interface InflowThreadNeeds {
  /** Answers when `line` has been told. Rejects while there is none. */
  connect(input: { readonly kind: LineKind }): void;
  state(input: { readonly key: string; readonly run: number; readonly state: TaskState }): void;
  /** MQ-5: whether what the group committed is where the task goes on. */
  hasConsumed(input: ConsumingTask): boolean;
  /** It is, from now on. Answers when that is durable. */
  consumed(input: ConsumingTask): void;
  /** Of all tasks whose figures have changed. */
  figures(
    input: readonly { readonly key: string; readonly run: number; readonly figures: TaskFigures }[],
  ): void;
}
