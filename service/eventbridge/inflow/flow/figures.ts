/** What a task has done since its thread started, in events. */
export interface TaskCounts {
  /** Changes read, before the pattern. */
  received: number;
  /** Kept back by the pattern. */
  filtered: number;
  /** Messages in the sink. */
  sent: number;
  /** Tries that failed. */
  failed: number;
  deadLettered: number;
  /** Given up after the last retry, because the task tolerates errors and has no dead-letter queue. */
  dropped: number;
}

export function noCounts(): TaskCounts {
  return { received: 0, filtered: 0, sent: 0, failed: 0, deadLettered: 0, dropped: 0 };
}
