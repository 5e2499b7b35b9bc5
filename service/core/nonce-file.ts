import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import type { Logger } from "./log.ts";
import { type NonceJournal, nonceMsMin } from "./nonces.ts";

/** Second since the epoch, then the two halves of the fingerprint, each 4 bytes. */
const entryBytes = 12;
/** Entries of one turn of the event loop that are written in one go. */
const heldMax = 256;

/**
 * Keeps fingerprints in two files. They are handed to the operating system before the answers of their turn of
 * the event loop leave, and never synced: they outlive a killed process, not a power cut. A write that fails is
 * logged once and the service goes on, with replay protection in memory only.
 */
export function nonceFile(path: string, now: () => number, log: Logger): NonceJournal & { close(): void } {
  const older = `${path}.old`;
  let file: number | undefined;
  let complained = false;
  const held = Buffer.alloc(entryBytes * heldMax);
  let heldBytes = 0;

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!complained) log.warn("nonces.notKept", { reason: (error as Error).message });
      complained = true;
    }
  }

  function flush(): void {
    const [target, bytes] = [file, heldBytes];
    heldBytes = 0;
    if (target !== undefined && bytes > 0) guarded(() => writeWhole(target, held, bytes));
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
      if (heldBytes === held.length) flush();
      // For calls that are never answered; the others are flushed before their answer.
      if (heldBytes === 0) setImmediate(flush);
      held.writeUInt32LE(Math.floor(now() / 1000), heldBytes);
      held.writeUInt32LE(high, heldBytes + 4);
      held.writeUInt32LE(low, heldBytes + 8);
      heldBytes += entryBytes;
    },
    flush,
    rotate: () => {
      flush();
      reopen(() => renameSync(path, older));
    },
    clear: () =>
      reopen(() => {
        heldBytes = 0;
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
      flush();
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** A full disk may cut a write off inside an entry; what comes later must not stand behind half a one. */
function writeWhole(file: number, buffer: Buffer, bytes: number): void {
  const written = writeSync(file, buffer, 0, bytes);
  if (written === bytes) return;
  const { size } = fstatSync(file);
  ftruncateSync(file, size - (size % entryBytes));
  throw new Error(`only ${written} of ${bytes} bytes could be written`);
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
