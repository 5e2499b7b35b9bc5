import type { MessagingGroup } from "./backend.ts";

/** After which wait a message that has failed comes again. `attempt`: the one that failed, 1 for the first. */
export function retryStepMs({ retryMs }: MessagingGroup, attempt: number): number {
  return retryMs[Math.min(attempt, retryMs.length) - 1] ?? 0;
}
