import { AddressNotAllowed } from "../../core/outbound/dial.ts";
import { failureText } from "../../core/outbound/failure-text.ts";
import { CaptureError, type CaptureJob } from "./capture.ts";

interface Thrown {
  readonly code?: unknown;
  readonly errno?: unknown;
}

/** `isRefused` says which of the source's errors trying again does not mend; `doing` reads on "could not". */
export function captureErrors(isRefused: (error: Thrown) => boolean) {
  /** What was thrown, as a capture's error. */
  return (doing: string, where: string, error: unknown): CaptureError => {
    if (error instanceof CaptureError) return error;
    const code = error instanceof AddressNotAllowed || isRefused(error as Thrown) ? "REFUSED" : "SOURCE_LOST";
    return new CaptureError(code, `The source at ${where}: could not ${doing}: ${textOf(error)}.`, {
      cause: error,
    });
  };
}

/** `place` is the stored position in the source's own words, `seconds` its time. */
export function positionLost(job: CaptureJob, place: string, seconds: number, reason: string): CaptureError {
  return new CaptureError(
    "POSITION_LOST",
    `The source at ${job.host}:${job.port} no longer has what comes behind ${place}: ${reason}. Changes from ${iso(seconds)} on are missing; reset the job to go on from now.`,
  );
}

/** The message of whatever was thrown, without a full stop. */
export function textOf(error: unknown): string {
  return failureText(error).replace(/\.$/, "");
}

export function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
