import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import type { Logger } from "./log.ts";
import { type NonceJournal, nonceMsMin } from "./nonces.ts";

/** Second since the epoch, then the two halves of the fingerprint, each 4 bytes. */
const entryBytes = 12;

/**
 * Keeps fingerprints in two files. Entries are handed to the operating system at once and never synced: they
 * outlive a killed process, not a power cut. A write that fails is logged once and the service goes on, with
 * replay protection in memory only.
 */
export function nonceFile(path: string, now: () => number, log: Logger): NonceJournal & { close(): void } {
  const older = `${path}.old`;
  let file: number | undefined;
  let complained = false;
  const entry = Buffer.alloc(entryBytes);

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!complained) log.warn("nonces.notKept", { reason: (error as Error).message });
      complained = true;
    }
  }

  function reopen(prepare: () => void): void {
    guarded(() => {
      if (file !== undefined) closeSync(file);
      file = undefined;
      prepare();
      file = openSync(path, "a", 0o600);
    });
  }

  return {
    append(high, low) {
      if (file === undefined) return;
      entry.writeUInt32LE(Math.floor(now() / 1000), 0);
      entry.writeUInt32LE(high, 4);
      entry.writeUInt32LE(low, 8);
      const target = file;
      guarded(() => writeSync(target, entry));
    },
    rotate: () => reopen(() => renameSync(path, older)),
    clear: () =>
      reopen(() => {
        rmSync(path, { force: true });
        rmSync(older, { force: true });
      }),
    replay(see) {
      const live = liveEntries([older, path], now());
      for (const one of live) see(one.readUInt32LE(4), one.readUInt32LE(8));
      // Written anew, so that many restarts do not pile up entries that no longer count.
      reopen(() => {
        writeFileSync(`${path}.new`, Buffer.concat(live), { mode: 0o600 });
        renameSync(`${path}.new`, path);
        rmSync(older, { force: true });
      });
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function liveEntries(paths: readonly string[], nowMs: number): Buffer[] {
  const oldestSeconds = (nowMs - nonceMsMin) / 1000;
  return paths.flatMap((path) => {
    const bytes = readIfThere(path);
    const count = Math.floor(bytes.length / entryBytes);
    return Array.from({ length: count }, (_, i) =>
      bytes.subarray(i * entryBytes, (i + 1) * entryBytes),
    ).filter((one) => one.readUInt32LE(0) >= oldestSeconds);
  });
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
