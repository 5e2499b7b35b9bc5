import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { ReviewError } from "./review-error.ts";

/**
 * A file's text, or with `-` what comes on standard input, which is waited for: read at once it may have nothing yet. Throws
 * ReviewError `UnreadableFile`.
 */
export async function readInput(path: string, folder: string): Promise<string> {
  try {
    return path === "-" ? await text(process.stdin) : await readFile(resolve(folder, path), "utf8");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReviewError("UnreadableFile", `the preview cannot be read: ${reason}`, { cause });
  }
}
