import { expect, it } from "vitest";
import { retryPolicy } from "../../../../service/eventbridge/inflow/flow/retry-policy.ts";

const DAY_MS = 86_400_000;

it.each([undefined, "BACKOFF_RETRY", "BACKOFFRETRY"])(
  "%s tries again three times, 10 to 20 s apart",
  (strategy) => {
    for (const [fraction, waitMs] of [
      [0, 10_000],
      [0.5, 15_000],
      [0.999, 19_990],
    ] as const) {
      const policy = retryPolicy({ strategy, scale: 1, random: () => fraction });
      expect(policy.retriesMax).toBe(3);
      expect(policy.waitMs(0)).toBeCloseTo(waitMs);
      expect(policy.waitMs(2)).toBeCloseTo(waitMs);
    }
  },
);

it.each(["EXPONENTIAL_DECAY_RETRY", "EXPONENTIALDECAY_RETRY"])(
  "%s tries again 176 times in a day",
  (strategy) => {
    const policy = retryPolicy({ strategy, scale: 1, random: Math.random });
    expect(policy.retriesMax).toBe(176);
    const waits = [...Array(176).keys()].map((retry) => policy.waitMs(retry) / 1000);
    expect(waits.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512]);
    const allMs = waits.reduce((sum, seconds) => sum + seconds * 1000, 0);
    expect(Math.abs(allMs - DAY_MS)).toBeLessThan(0.01 * DAY_MS);
  },
);

it("attempts and age may be bounded further, and the wait scale shortens all", () => {
  const strategy = "EXPONENTIAL_DECAY_RETRY";
  const policy = retryPolicy({
    strategy,
    attemptsMax: 2,
    ageSecondsMax: 60,
    scale: 0.001,
    random: Math.random,
  });
  expect(policy.retriesMax).toBe(2);
  expect(policy.ageMsMax).toBe(60);
  expect(policy.waitMs(9)).toBe(512);
  expect(retryPolicy({ attemptsMax: 50, scale: 1, random: Math.random }).retriesMax).toBe(3);
});
