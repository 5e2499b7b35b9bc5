import { LaterVersionError } from "./migrate.ts";
import { errorCodeOf, isDamaged, isDiskFull } from "./sqlite-store.ts";

const fullCodes = ["ENOSPC", "EDQUOT", "EFBIG"];

/**
 * A failed start in the words of whoever has to mend it: which file, what is wrong with it, what to do. Whatever is
 * no matter of the stored data is given back as it is.
 */
export function explainStartFailure(error: unknown, storePath: string | undefined): unknown {
  if (storePath === undefined) return error;
  const text = explanation(error, storePath);
  return text === undefined ? error : new Error(text, { cause: error });
}

function explanation(error: unknown, storePath: string): string | undefined {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof LaterVersionError) return `cannot use the store ${storePath}: ${said}`;
  if (isFull(error))
    return `cannot use the store ${storePath}: ${said}; make room on its disk and start again, or choose another folder with --data`;
  if (isDamaged(error) || error instanceof SyntaxError) return damagedStoreText(storePath, said);
  if (errorCodeOf(error) === undefined) return undefined;
  return `cannot use the store ${storePath}: ${said}; it may be none of this service's: choose another folder with --data`;
}

/** JSON's own messages quote what they could not read, which may be anything stored. */
function damagedStoreText(storePath: string, said: string): string {
  const why = /JSON/.test(said) ? "an entry in it is not well-formed" : said;
  return `the store ${storePath} is damaged (${why}); move it away together with ${storePath}-wal, start again, and bring a snapshot back with POST /_service/restore, or put a copy of the whole folder in its place`;
}

function isFull(error: unknown): boolean {
  return isDiskFull(error) || fullCodes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? "");
}
