import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { fewAtOnce } from "../../../provider/runtime/few-at-once.ts";

it("finds of each in its place, with few looks at once: thousands of instances are thousands of calls", async () => {
  let [under, most] = [0, 0];
  const numbers = Array.from({ length: 50 }, (_, at) => at);
  const found = await fewAtOnce(numbers, async (one) => {
    under += 1;
    most = Math.max(most, under);
    await delay((one * 7) % 5);
    under -= 1;
    return one * 2;
  });
  expect([found, most]).toEqual([numbers.map((one) => one * 2), 4]);
  expect(await fewAtOnce([], async () => 1)).toEqual([]);
});

it("fails as the first look that fails", async () => {
  await expect(
    fewAtOnce([1, 2, 3], async (one) => (one === 2 ? Promise.reject(new Error("no")) : one)),
  ).rejects.toThrow("no");
});
