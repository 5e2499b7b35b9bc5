import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { ReviewError } from "./review-error.ts";

const STANDARD_INPUT = 0;

/** A file's text, or with `-` what comes on standard input. Throws ReviewError `UnreadableFile`. */
export function readInput(path: string, folder: string): string {
  try {
    return readFileSync(path === "-" ? STANDARD_INPUT : isAbsolute(path) ? path : join(folder, path), "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReviewError("UnreadableFile", `the preview cannot be read: ${reason}`, { cause });
  }
}
