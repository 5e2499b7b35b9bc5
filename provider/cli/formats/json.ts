import type { ReadResult } from "../../definitions/index.ts";
import { printableJson } from "../../printable.ts";

/** For programs: one object, with everything that the text says. */
export function json({ definitions, files, problems }: ReadResult): string {
  const result = { files: files.length, definitions: definitions.length, problems };
  return `${printableJson(result)}\n`;
}
