import { CaptureError } from "../capture.ts";
import { captureErrors } from "../failure.ts";

/**
 * Errors of the server that trying again does not mend: no access for this account or from this host, no right, no such
 * database, a binary log that is off, a server without the statements that are needed.
 */
const REFUSED = new Set([1044, 1045, 1049, 1064, 1130, 1142, 1143, 1227, 1251, 1275, 1381, 1698, 3118, 4151]);

export const captureError = captureErrors(({ errno }) => typeof errno === "number" && REFUSED.has(errno));

export function unreadable(what: string): CaptureError {
  return new CaptureError("UNREADABLE", `The source's binary log cannot be read: ${what}.`);
}
