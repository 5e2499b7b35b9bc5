import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { ReviewError } from "./review-error.ts";

/** The JSON of some ten thousand resources. */
export const PREVIEW_CHARS_MAX = 256 * 1024 * 1024;

/**
 * A file's text, or with `-` what comes on standard input, which is waited for: read at once it may have nothing yet. Throws
 * ReviewError `UnreadableFile`, also for more than
 * `charsMax` characters.
 */
export async function readInput(path: string, folder: string, charsMax = PREVIEW_CHARS_MAX): Promise<string> {
  try {
    return await whole(path === "-" ? process.stdin : createReadStream(resolve(folder, path)), charsMax);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReviewError("UnreadableFile", `the preview cannot be read: ${reason}`, { cause });
  }
}

async function whole(stream: Readable, charsMax: number): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of stream.setEncoding("utf8") as AsyncIterable<string>) {
    length += part.length;
    if (length > charsMax) throw new Error(`it has more than ${charsMax} characters`);
    parts.push(part);
  }
  return parts.join("");
}
