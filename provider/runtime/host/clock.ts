import { setTimeout as delay } from "node:timers/promises";

/** Time and chance, so that tests need not wait and jitter can be fixed. */
export interface Clock {
  nowMs(): number;
  sleep(waitMs: number): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (waitMs) => {
    await delay(waitMs);
  },
  random: () => Math.random(),
};
