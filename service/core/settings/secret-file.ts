import { closeSync, openSync, readSync } from "node:fs";
import type { z } from "zod";
import { judge } from "../kit/judge.ts";

/** More is no secret: neither a log nor an endless device in its place is read to its end. */
const BYTES_MAX = 4_096;

/**
 * Reads a file that holds one secret and nothing else, as container platforms mount them; a line end behind it is none of
 * it. Throws an Error that names the setting and the file, never what stands there.
 */
export function readSecretFile(setting: string, path: string, name: string, form: z.ZodString): string {
  const refuse = (problem: string) => new Error(`${setting}: the file ${path} ${problem}`);
  const bytes = Buffer.alloc(BYTES_MAX + 1);
  let length = 0;
  try {
    const file = openSync(path, "r");
    try {
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = readSync(file, bytes, length, bytes.length - length, null);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw refuse(`cannot be read: ${(error as Error).message}`);
  }
  if (length > BYTES_MAX) throw refuse(`has more than ${BYTES_MAX} bytes; it must hold the secret alone`);
  const secret = bytes.toString("utf8", 0, length).replace(/\r?\n$/, "");
  return judge(form, secret, name, (problem) => refuse(`is refused: ${problem}`), [name]);
}
