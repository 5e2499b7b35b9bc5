import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { openFileLogs } from "../../../service/log/file-logs.ts";
import type { Log } from "../../../service/log/log.ts";
import { textOf } from "./support/stores.ts";
import { readAll } from "./support/written-log.ts";

/** LOG_KILLS=500 for a long run. */
const KILLS = Number(process.env.LOG_KILLS ?? 6);
/** As in support/append-forever.ts. */
const GROUP = 4;
const child = fileURLToPath(new URL("support/append-forever.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "log-kill-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(
  `nothing acknowledged is lost and nothing is half there after ${KILLS} kills`,
  async () => {
    let before = 0;
    for (let round = 0; round < KILLS; round += 1) {
      const acknowledged = await appendAndKill(round);
      const store = await openFileLogs(folder, { retention: { bytesMax: 1e9, ageSecondsMax: 1e9 } });
      const log = await store.open("one");
      const { startOffset, endOffset, nextOffset } = log.range();
      expect(startOffset).toBe(0);
      expect(nextOffset).toBeGreaterThanOrEqual(acknowledged);
      expect(nextOffset).toBeGreaterThanOrEqual(before);
      expect(endOffset).toBe(Math.floor(nextOffset / GROUP) * GROUP);
      expect(textOf(log.position())).toBe(endOffset === 0 ? "" : `at ${endOffset - 1}`);
      await checkContents(log);
      before = endOffset;
      await store.close();
      if (endOffset < 100_000) continue;
      rmSync(folder, { recursive: true });
      before = 0;
    }
  },
  Math.max(120_000, KILLS * 10_000),
);

/** Returns the last offset that was acknowledged before the kill. */
async function appendAndKill(round: number): Promise<number> {
  const running = spawn(process.execPath, [child, folder, String(round)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  let errors = "";
  const first = new Promise<void>((resolve) => {
    running.stdout.on("data", (chunk: Buffer) => {
      told += chunk;
      resolve();
    });
    running.stderr.on("data", (chunk: Buffer) => {
      errors += chunk;
    });
  });
  const ended = once(running, "close");
  await Promise.race([first, ended]);
  // Also in the middle of opening a new segment, of recovery, of a write.
  await sleep((round * 37) % 150);
  running.kill("SIGKILL");
  await ended;
  expect(errors).toBe("");
  // A line that the kill cut short tells nothing.
  return Number(told.split("\n").at(-2) ?? 0);
}

async function checkContents(log: Log): Promise<void> {
  const payloads = await readAll(log, 1_000_000);
  expect(payloads).toHaveLength(log.range().endOffset);
  const wrong = payloads.findIndex((payload, offset) => {
    const start = `${offset}|`.slice(0, payload.length);
    return textOf(payload.subarray(0, start.length)) !== start;
  });
  expect(wrong).toBe(-1);
}
