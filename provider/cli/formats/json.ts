import type { ReadResult } from "../../definitions/index.ts";

/** For programs: one object, with everything that the text says. */
export function json({ definitions, files, problems }: ReadResult): string {
  const result = { files: files.length, definitions: definitions.length, problems };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
