import { AddressNotAllowed } from "../../../core/outbound/dial.ts";
import { CaptureError, type CaptureErrorCode } from "../capture.ts";

/**
 * Errors of the server that trying again does not mend: no access for this account or from this host, no right, no such
 * database, a binary log that is off, a server without the statements that are needed.
 */
const REFUSED = new Set([1044, 1045, 1049, 1064, 1130, 1142, 1143, 1227, 1251, 1275, 1381, 1698, 3118, 4151]);

/** What was thrown, as a capture's error; `doing` reads on "could not". */
export function captureError(doing: string, where: string, error: unknown): CaptureError {
  if (error instanceof CaptureError) return error;
  const { errno } = error as { errno?: unknown };
  const isRefused = error instanceof AddressNotAllowed || (typeof errno === "number" && REFUSED.has(errno));
  const kind: CaptureErrorCode = isRefused ? "REFUSED" : "SOURCE_LOST";
  return new CaptureError(kind, `The source at ${where}: could not ${doing}: ${textOf(error)}.`, {
    cause: error,
  });
}

export function unreadable(what: string): CaptureError {
  return new CaptureError("UNREADABLE", `The source's binary log cannot be read: ${what}.`);
}

/** The message of whatever was thrown; several addresses tried give an error without one. */
export function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return textOf(error.errors[0]);
  const text = error instanceof Error ? error.message : String(error);
  const { code } = error as { code?: unknown };
  return text.replace(/\.$/, "") || (typeof code === "string" ? code : "unknown failure");
}
