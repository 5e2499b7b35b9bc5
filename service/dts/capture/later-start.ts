import type { CaptureJob } from "./capture.ts";
import { iso } from "./failure.ts";

/** Of a start that is still to come by the source's clock, in seconds: what is left out until then would be missed by nobody. */
export function laterStartNotes({ startAtSeconds }: CaptureJob, sourceSeconds: number): string[] {
  if (startAtSeconds === undefined || startAtSeconds <= sourceSeconds) return [];
  return [
    `Tracking starts at ${iso(startAtSeconds)}, which was still to come: what is committed before that is left out.`,
  ];
}
