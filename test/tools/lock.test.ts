import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "../../tools/lock.ts";

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-test-"));
  lock = join(folder, "thing.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("one after the other, and the file is gone at the end, also after an error", async () => {
  const seen: string[] = [];
  const work = (name: string) =>
    withFileLock(lock, { waitMsMax: 10_000 }, async () => {
      seen.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} out`);
    });
  await Promise.all([work("a"), work("b")]);
  expect(seen).toEqual(["a in", "a out", "b in", "b out"]);
  const failing = withFileLock(lock, { waitMsMax: 1_000 }, () => Promise.reject(new Error("inside")));
  await expect(failing).rejects.toThrow("inside");
  expect(existsSync(lock)).toBe(false);
});

test("a holder that has died is replaced at once", async () => {
  writeFileSync(lock, `999999999 ${hostname()} 0`);
  await expect(withFileLock(lock, { waitMsMax: 5_000 }, async () => "done")).resolves.toBe("done");
});

test("a holder elsewhere that gives no sign is replaced, one that does is waited for in bounded time", async () => {
  writeFileSync(lock, "1 another-machine 0");
  const held = withFileLock(lock, { waitMsMax: 0 }, async () => "done");
  await expect(held).rejects.toThrow("held by another run (1 another-machine 0)");
  utimesSync(lock, new Date(0), new Date(0));
  await expect(withFileLock(lock, { waitMsMax: 5_000 }, async () => "done")).resolves.toBe("done");
});
