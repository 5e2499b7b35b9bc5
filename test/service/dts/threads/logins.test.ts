import { expect, it } from "vitest";
import { Logins } from "../../../../service/dts/threads/logins.ts";

/* Each wrong password cost the main thread a slow hash at once: two hundred connections could take all its time. */
it("asks one by one, and lets time pass after a refusal", async () => {
  const logins = new Logins();
  let underWay = 0;
  let most = 0;
  const question = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    return undefined;
  };
  const began = performance.now();
  await Promise.all([1, 2, 3, 4].map(() => logins.ask(question)));
  expect(most).toBe(1);
  expect(performance.now() - began).toBeGreaterThan(50);
});

it("bounds what waits, and goes on when an answer failed", async () => {
  const logins = new Logins();
  const all = Array.from({ length: 401 }, () => logins.ask(() => Promise.reject(new Error("no thread"))));
  const reasons = await Promise.all(all.map((one) => one.catch((error: Error) => error.message)));
  expect(reasons[400]).toBe("400 logins wait already");
  expect(await logins.ask(() => "somebody")).toBe("somebody");
});
