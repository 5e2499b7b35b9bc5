import { type DeliveryError, deliveryError } from "../failure.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { ownWaitMs, type Wait } from "./wait.ts";

/** A part of this service is away, or has no room: no delivery has failed, and none may be given up for it. */
const OWN_CODES: readonly string[] = ["CLOSED", "LATE", "BUSY", "DISK_FULL", "IO"];

export interface RetryParts {
  readonly policy: RetryPolicy;
  readonly wait: Wait;
  readonly random: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Told of each failure that is tried again. */
  readonly failed: (error: DeliveryError) => void;
  /** Whether it is waited for, however long, because somebody is about to stop the task or to bring back what it needs. */
  readonly isAwaited?: (error: DeliveryError) => boolean;
}

/** Does it until it is done. Rejects with the last failure when the policy allows no more, and as soon as the signal is aborted. */
export async function retrying<T>(
  parts: RetryParts,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const { policy, wait, random, now, failed, isAwaited = () => false } = parts;
  const sinceMs = now();
  let retries = 0;
  let ownTries = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      const error = deliveryError(thrown);
      if (error.isFinal) throw error;
      if (OWN_CODES.includes(error.code) || isAwaited(error)) {
        failed(error);
        await wait(ownWaitMs(ownTries, random), signal);
        ownTries += 1;
        continue;
      }
      const waitMs = policy.waitMs(retries);
      if (retries >= policy.retriesMax || now() + waitMs - sinceMs > policy.ageMsMax) throw error;
      failed(error);
      await wait(waitMs, signal);
      retries += 1;
    }
  }
}
