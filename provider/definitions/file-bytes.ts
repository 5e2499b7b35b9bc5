import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import type { ProblemCode } from "./problem.ts";

/** Largest file that is read: a thousand definitions take a third of it. */
const BYTES_MAX = 1_048_576;

interface Unread {
  readonly code: ProblemCode;
  readonly message: string;
}

/**
 * What stands in a file, or why it is not read. What is judged is the file that was opened, so nothing else takes its place
 * meanwhile; no more is read than it was found to have; and a pipe that took its place is not waited for.
 */
export function bytesOf(path: string): Buffer | Unread {
  try {
    // To open a device may already do something.
    return refusalOf(statSync(path)) ?? bytesOfOpen(openSync(path, constants.O_RDONLY | NONBLOCK));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "error";
    return { code: "NotReadable", message: `cannot be read (${code})${ADVICE[code] ?? ""}` };
  }
}

/** Windows has none. */
const NONBLOCK = constants.O_NONBLOCK ?? 0;

const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: ": it is a link that leads nowhere, or was just removed",
  EACCES: ": this user may not read it",
  ELOOP: ": it is a link that leads to itself",
};

function refusalOf(stats: Stats): Unread | undefined {
  if (!stats.isFile()) return { code: "NotReadable", message: "is no regular file" };
  if (stats.size <= BYTES_MAX) return undefined;
  const message = `has ${stats.size} bytes, more than the ${BYTES_MAX} that are read: divide it into several files`;
  return { code: "TooLarge", message };
}

function bytesOfOpen(file: number): Buffer | Unread {
  try {
    const stats = fstatSync(file);
    const refusal = refusalOf(stats);
    if (refusal !== undefined) return refusal;
    const bytes = Buffer.alloc(stats.size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    if (length <= stats.size) return bytes.subarray(0, length);
    return { code: "NotReadable", message: "grew while it was read, or is none that is kept: try again" };
  } finally {
    closeSync(file);
  }
}
