import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
import type { Logger } from "../kit/log.ts";
import type { NonceJournal, UsedNonce } from "./nonces.ts";

/**
 * The signed second since the epoch, then the two halves of the fingerprint, each 4 bytes. Both halves zero: calls
 * signed up to that second may have been forgotten.
 */
const entryBytes = 12;
/** Entries of one turn of the event loop that are written in one go. */
const heldMax = 256;

/**
 * Keeps fingerprints in two files. They are handed to the operating system before the answers of their turn of
 * the event loop leave, and never synced: they outlive a killed process, not a power cut. A write that fails is
 * logged once and the service goes on, with replay protection in memory only.
 */
export function nonceFile(path: string, log: Logger): NonceJournal & { close(): void } {
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

  function append({ signedSeconds, high, low }: UsedNonce): void {
    if (heldBytes === held.length) flush();
    // For calls that are never answered; the others are flushed before their answer.
    if (heldBytes === 0) setImmediate(flush);
    held.writeUInt32LE(signedSeconds, heldBytes);
    held.writeUInt32LE(high, heldBytes + 4);
    held.writeUInt32LE(low, heldBytes + 8);
    heldBytes += entryBytes;
  }

  return {
    append,
    flush,
    rotate(forgottenSeconds) {
      flush();
      reopen(() => renameSync(path, older));
      append({ signedSeconds: forgottenSeconds, high: 0, low: 0 });
    },
    clear: () =>
      reopen(() => {
        heldBytes = 0;
        rmSync(path, { force: true });
        rmSync(older, { force: true });
      }),
    replay(see) {
      let forgottenSeconds = 0;
      const note = (used: UsedNonce, isOlder: boolean) => {
        if (used.low !== 0) see(used, isOlder);
        else forgottenSeconds = Math.max(forgottenSeconds, used.signedSeconds);
      };
      eachEntry(readIfThere(older), (used) => note(used, true));
      const bytes = readIfThere(path);
      eachEntry(bytes, (used) => note(used, false));
      reopen(() => {
        // What is appended must not stand behind half an entry.
        if (bytes.length % entryBytes > 0) truncateSync(path, bytes.length - (bytes.length % entryBytes));
      });
      return { forgottenSeconds };
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

function eachEntry(bytes: Buffer, see: (used: UsedNonce) => void): void {
  for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
    const [high, low] = [bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8)];
    see({ signedSeconds: bytes.readUInt32LE(at), high, low });
  }
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
