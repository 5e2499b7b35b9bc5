import { hash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import type { Logger } from "../kit/log.ts";

/**
 * Remembers which nonces were used. Nothing is forgotten because time went by: a clock that is put back makes old
 * times valid again. Only fingerprints are kept, in two generations of bounded size; when a million calls have filled
 * one, the older goes, and with it every call that was signed no later than its last: such a call counts as one that
 * was seen.
 */
export interface Nonces {
  /** True when the pair was not seen before; it is then remembered. `signedMs` is the time that was signed. */
  take(accessKeyId: string, nonce: string, signedMs: number): boolean;
  /** Makes sure that a restart knows what was taken. To be called before an answer leaves. */
  keep(): void;
  readonly size: number;
  clear(): void;
  close(): void;
}

/** Per generation: 16 MB on the disk and about 45 MB in memory. */
const ENTRIES_MAX_DEFAULT = 2 ** 20;
/** Two doubles: the signed second since the epoch, and the fingerprint. */
const ENTRY_BYTES = 16;
/** In place of a fingerprint: calls signed up to that second may have been forgotten. */
const FORGOTTEN_MARK = -1;

interface Generation {
  readonly fingerprints: Set<number>;
  latestSeconds: number;
}

/** Without a path nothing outlives the process. */
export function openNonces(
  path: string | undefined,
  log: Logger,
  entriesMax: number = ENTRIES_MAX_DEFAULT,
): Nonces {
  const file = path === undefined ? undefined : openNonceFile(path, log);
  let current = generation();
  let previous = generation();
  let forgottenSeconds = 0;
  file?.replay((seconds, fingerprint, isOlder) => {
    if (fingerprint === FORGOTTEN_MARK) forgottenSeconds = Math.max(forgottenSeconds, seconds);
    else add(isOlder ? previous : current, fingerprint, seconds);
  });

  function startGeneration(): void {
    forgottenSeconds = Math.max(forgottenSeconds, previous.latestSeconds);
    previous = current;
    current = generation();
    file?.rotate();
    file?.append(forgottenSeconds, FORGOTTEN_MARK);
  }

  return {
    take(accessKeyId, nonce, signedMs) {
      const signedSeconds = Math.floor(signedMs / 1000);
      if (signedSeconds <= forgottenSeconds) return false;
      const fingerprint = hash("sha1", `${accessKeyId}\n${nonce}`, "buffer").readUIntBE(0, 6);
      if (current.fingerprints.size >= entriesMax) startGeneration();
      if (previous.fingerprints.has(fingerprint) || current.fingerprints.has(fingerprint)) return false;
      add(current, fingerprint, signedSeconds);
      file?.append(signedSeconds, fingerprint);
      return true;
    },
    keep: () => file?.flush(),
    get size() {
      return current.fingerprints.size + previous.fingerprints.size;
    },
    clear() {
      current = generation();
      previous = generation();
      forgottenSeconds = 0;
      file?.clear();
    },
    close: () => file?.close(),
  };
}

function generation(): Generation {
  return { fingerprints: new Set(), latestSeconds: 0 };
}

function add(to: Generation, fingerprint: number, seconds: number): void {
  to.fingerprints.add(fingerprint);
  to.latestSeconds = Math.max(to.latestSeconds, seconds);
}

/**
 * Keeps fingerprints in two files. They are handed to the operating system before the answers of their turn of
 * the event loop leave, and never synced: they outlive a killed process, not a power cut. A write that fails is
 * logged once and the service goes on, with replay protection in memory only.
 */
function openNonceFile(path: string, log: Logger) {
  const older = `${path}.old`;
  let file: number | undefined;
  let size = 0;
  let pending: number[] = [];
  let hasFailed = false;

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!hasFailed) log.warn("nonces.notKept", { reason: (error as Error).message });
      hasFailed = true;
    }
  }

  function flush(): void {
    const [target, entries] = [file, pending];
    pending = [];
    if (target === undefined || entries.length === 0) return;
    const bytes = new Uint8Array(Float64Array.from(entries).buffer);
    guarded(() => {
      const written = writeSync(target, bytes);
      if (written < bytes.length) {
        // What comes later must not stand behind half an entry.
        ftruncateSync(target, size);
        throw new Error(`only ${written} of ${bytes.length} bytes could be written`);
      }
      size += written;
    });
  }

  function reopen(prepare: () => void): void {
    guarded(() => {
      if (file !== undefined) closeSync(file);
      file = undefined;
      prepare();
      file = openSync(path, "a", 0o600);
      ftruncateSync(file, size);
    });
  }

  return {
    append(signedSeconds: number, fingerprint: number): void {
      // For calls that are never answered; the others are flushed before their answer.
      if (pending.length === 0) setImmediate(flush);
      pending.push(signedSeconds, fingerprint);
    },
    flush,
    /** Forgets everything but what is appended from now on and the generation before it. */
    rotate(): void {
      flush();
      reopen(() => {
        renameSync(path, older);
        size = 0;
      });
    },
    clear(): void {
      pending = [];
      size = 0;
      reopen(() => rmSync(older, { force: true }));
    },
    /** Hands back both generations, the older first. */
    replay(see: (signedSeconds: number, fingerprint: number, isOlder: boolean) => void): void {
      for (const isOlder of [true, false]) {
        const numbers = readNumbers(isOlder ? older : path);
        for (let at = 0; at < numbers.length; at += 2) see(numbers[at] ?? 0, numbers[at + 1] ?? 0, isOlder);
        size = numbers.byteLength;
      }
      reopen(() => undefined);
    },
    close(): void {
      flush();
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** Whole entries only: a process may have been killed inside a write. */
function readNumbers(path: string): Float64Array {
  try {
    const bytes = readFileSync(path);
    return new Float64Array(
      Uint8Array.from(bytes.subarray(0, bytes.length - (bytes.length % ENTRY_BYTES))).buffer,
    );
  } catch {
    return new Float64Array(0);
  }
}
