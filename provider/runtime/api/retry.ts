import type { Clock } from "../host/clock.ts";
import { ApiError, type FailureKind } from "./errors.ts";

/**
 * How often an action may be sent again:
 * - `repeatable`: reads, and writes whose second run changes nothing; sent again after any passing failure.
 * - `once`: makes something new; sent again only when it was surely not carried out. After a lost answer
 *   the caller has to look what happened.
 */
export type Repeat = "repeatable" | "once";

export interface RetryPolicy {
  readonly attemptsMax: number;
  readonly waitMsFirst: number;
  readonly waitMsMax: number;
}

/** At most about 15 seconds of waiting in all. */
export const STANDARD_RETRY: RetryPolicy = { attemptsMax: 8, waitMsFirst: 150, waitMsMax: 4000 };

/** For look-ups during preview, which must not hold it up. */
export const NO_RETRY: RetryPolicy = { attemptsMax: 1, waitMsFirst: 0, waitMsMax: 0 };

const REPEAT_AFTER: Readonly<Record<Repeat, readonly FailureKind[]>> = {
  repeatable: ["throttled", "unreachable", "lost", "unavailable"],
  once: ["throttled", "unreachable"],
};

/**
 * Runs a call until it succeeds, fails for good, or the policy's bound is reached; the last failure is thrown.
 * The policy is asked for after each failure, because a first answer changes how long it is worth waiting.
 */
export async function withRetry<T>(
  clock: Clock,
  policyFor: (error: ApiError) => RetryPolicy,
  repeat: Repeat,
  call: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError) || !REPEAT_AFTER[repeat].includes(error.kind)) throw error;
      const policy = policyFor(error);
      if (attempt >= policy.attemptsMax) throw error;
      await clock.sleep(waitMs(policy, attempt, clock.random()));
    }
  }
}

/** Doubles with every attempt; half of it is chance, so that many callers do not come back together. */
export function waitMs(policy: RetryPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.waitMsMax, policy.waitMsFirst * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
