import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openNonces } from "../../../../service/core/auth/nonces.ts";
import { jsonLog } from "../../../../service/core/kit/log.ts";

const folder = mkdtempSync(join(tmpdir(), "nonces-"));
const quiet = jsonLog("silent", Date.now);

afterAll(() => rmSync(folder, { recursive: true }));

describe("nonces", () => {
  const hourMs = 3_600_000;

  it("count once per key, whatever the clock does", () => {
    const nonces = openNonces(undefined, quiet);
    const nowMs = 1_000_000_000_000;
    const take = (key: string, nonce: string, ms: number) => nonces.take(key, nonce, ms);
    expect([take("a", "1", nowMs), take("a", "1", nowMs), take("b", "1", nowMs)]).toEqual([
      true,
      false,
      true,
    ]);
    // Put on, used, put back past the window, used: the time that was signed first becomes valid again.
    for (const ms of [10 * hourMs, 20 * hourMs, -hourMs, -10 * hourMs, 30 * hourMs, 0]) {
      expect(take("a", `at ${ms}`, nowMs + ms)).toBe(true);
      expect(take("a", "1", nowMs)).toBe(false);
    }
    expect(nonces.size).toBe(8);
  });

  it("stay bounded, and among many none is taken for another", () => {
    const nonces = openNonces(undefined, quiet, 50_000);
    const later = (i: number) => 1_000_000 + i * 1_000;
    for (let i = 0; i < 40_000; i += 1) expect(nonces.take("key", `nonce-${i}`, later(i))).toBe(true);
    for (let i = 0; i < 40_000; i += 7) expect(nonces.take("key", `nonce-${i}`, later(i))).toBe(false);
    for (let i = 0; i < 200_000; i += 1) nonces.take("key", `more-${i}`, later(40_000 + i));
    expect(nonces.size).toBeLessThanOrEqual(100_000);
    // Forgotten they are, and still not good for a second time.
    expect(nonces.take("key", "nonce-1", later(1))).toBe(false);
    expect(nonces.take("key", "new", later(300_000))).toBe(true);
  });

  it("outlive a restart at any time, with what was forgotten before it, in files that do not grow with restarts", () => {
    const path = join(folder, "nonces");
    const open = () => openNonces(path, quiet, 3);
    const at = (seconds: number) => seconds * 1000;
    const first = open();
    expect(first.take("a", "1", at(1_000))).toBe(true);
    first.keep();
    const second = open();
    expect([second.take("a", "1", at(1_000)), second.take("a", "2", at(1_001))]).toEqual([false, true]);
    second.close();
    expect(readFileSync(path)).toHaveLength(2 * 16);
    appendFileSync(path, "half");
    const third = open();
    expect([third.take("a", "1", at(1_000)), third.size]).toEqual([false, 2]);
    for (let i = 3; i <= 7; i += 1) expect(third.take("a", String(i), at(1_000 + i))).toBe(true);
    third.close();
    const fourth = open();
    for (let i = 1; i <= 7; i += 1) expect(fourth.take("a", String(i), at(999 + i))).toBe(false);
    expect(fourth.take("a", "8", at(2_000))).toBe(true);
    fourth.clear();
    expect(readFileSync(path)).toHaveLength(0);
    fourth.close();
  });

  it("without a file to write to, the protection goes on in memory", () => {
    const path = join(folder, "missing", "nonces");
    const logged: string[] = [];
    const nonces = openNonces(
      path,
      jsonLog("warn", Date.now, (line) => logged.push(line)),
    );
    for (let i = 0; i < 10; i += 1) {
      expect(nonces.take("a", String(i), 1_800_000_000_000)).toBe(true);
      nonces.keep();
    }
    expect(nonces.take("a", "3", 1_800_000_000_000)).toBe(false);
    expect(logged.filter((line) => line.includes("nonces.notKept"))).toHaveLength(1);
    mkdirSync(dirname(path));
    nonces.clear();
    expect(readFileSync(path)).toHaveLength(0);
    nonces.close();
  });
});
