import { type InflowRetryPolicy, RETRY_POLICY_SPELLINGS } from "../../../../contract/limits/eventbridge.ts";

/** How often a failed delivery is tried again, and after which waits (MQ-14). */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retriesMax: number;
  /** From the first try on; beyond it nothing is tried again. */
  readonly ageMsMax: number;
  /** Before the given retry; 0 is the first. */
  waitMs(retry: number): number;
}

const BACKOFF_RETRIES = 3;
const BACKOFF_MS_MIN = 10_000;
const BACKOFF_MS_MAX = 20_000;

/** 1, 2, 4 ... 256 s, then 512 s: together about a day. */
const DECAY_RETRIES = 176;
const DECAY_SECONDS_MAX = 512;

interface RetryWish {
  /** Any published spelling; BACKOFF_RETRY where there is none. */
  readonly strategy?: string | null | undefined;
  /** Fewer retries than the policy has. */
  readonly attemptsMax?: number | null | undefined;
  readonly ageSecondsMax?: number | null | undefined;
  /** Multiplies all waits and the age. */
  readonly scale: number;
  /** In [0, 1). */
  readonly random: () => number;
}

export function retryPolicy({ strategy, attemptsMax, ageSecondsMax, scale, random }: RetryWish): RetryPolicy {
  const isDecay = spells("exponentialDecay", strategy);
  const retries = isDecay ? DECAY_RETRIES : BACKOFF_RETRIES;
  return {
    retriesMax: Math.min(retries, Math.floor(attemptsMax ?? retries)),
    ageMsMax: ageSecondsMax ? ageSecondsMax * 1000 * scale : Number.POSITIVE_INFINITY,
    waitMs(retry) {
      const ms = isDecay
        ? Math.min(2 ** retry, DECAY_SECONDS_MAX) * 1000
        : BACKOFF_MS_MIN + (BACKOFF_MS_MAX - BACKOFF_MS_MIN) * random();
      return ms * scale;
    },
  };
}

function spells(policy: InflowRetryPolicy, strategy: string | null | undefined): boolean {
  return (RETRY_POLICY_SPELLINGS[policy] as readonly string[]).includes(strategy ?? "");
}
