import type { Configuration } from "../../entities.ts";

/** What a task has to do; everything can cross threads. */
export interface TaskOrder {
  /** Names the task in its region and account. */
  readonly key: string;
  /** Tells what is told of this run from what is told of earlier ones. */
  readonly run: number;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly groupId: string;
  /** As sent. */
  readonly filterPattern: string;
  readonly sink: Configuration["Sink"];
  readonly options: Configuration["RunOptions"];
  /** URLs of the functions, in their order. */
  readonly functions: readonly string[];
  /** Where reading begins when the task has never consumed (MQ-4); undefined: at what the group committed, else at the oldest. */
  readonly firstSeconds: number | undefined;
}

/** How a task is. `trouble` is tried again by itself; `ended` needs somebody. */
export type TaskState =
  | { readonly kind: "running" }
  | { readonly kind: "trouble"; readonly code: string; readonly message: string }
  /** `blocked`: an event could not be delivered, and the task tolerates none or the dead-letter queue does not take it. */
  | { readonly kind: "ended"; readonly why: "blocked" | "failed"; readonly message: string };

/** What a task has done in this run, and where it stands. */
export interface TaskFigures {
  readonly received: number;
  readonly filtered: number;
  readonly sent: number;
  readonly failed: number;
  readonly deadLettered: number;
  readonly dropped: number;
  /** Records of the source behind the last one that was dealt with. */
  readonly lag: number;
  /** Time of the last event that was dealt with; undefined before the first. */
  readonly deliveredSeconds?: number;
  readonly lastError?: { readonly text: string; readonly atMs: number };
}
