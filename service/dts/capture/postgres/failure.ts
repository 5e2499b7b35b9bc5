import { AddressNotAllowed } from "../../../core/outbound/dial.ts";
import { CaptureError, type CaptureErrorCode } from "../capture.ts";

/** Classes and codes of SQLSTATE that trying again does not mend: authentication, no such database, no right. */
const REFUSED = /^(28|3D000|42501)/;

/** What was thrown, as a capture's error; `doing` reads on "could not". */
export function captureError(doing: string, where: string, error: unknown): CaptureError {
  if (error instanceof CaptureError) return error;
  const { code } = error as { code?: unknown };
  const isRefused = error instanceof AddressNotAllowed || (typeof code === "string" && REFUSED.test(code));
  const kind: CaptureErrorCode = isRefused ? "REFUSED" : "SOURCE_LOST";
  return new CaptureError(kind, `The source at ${where}: could not ${doing}: ${textOf(error)}.`, {
    cause: error,
  });
}

/** The message of whatever was thrown; several addresses tried give an error without one. */
export function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return textOf(error.errors[0]);
  const text = error instanceof Error ? error.message : String(error);
  const { code } = error as { code?: unknown };
  return text.replace(/\.$/, "") || (typeof code === "string" ? code : "unknown failure");
}
