import type { Clock } from "../../core/kit/clock.ts";
import type { Job } from "../entities.ts";

interface DataRange {
  readonly beginSeconds: number;
  readonly endSeconds: number;
}

/**
 * The span of time whose changes can be read, in whole seconds since the epoch. It begins where tracking was
 * asked to start, else when the job first became Normal, and ends now, or when the job was stopped.
 * Undefined before the job has ever been Normal.
 */
export function dataRange(job: Job, clock: Clock): DataRange | undefined {
  if (job.firstNormalAtMs === undefined) return undefined;
  const beginSeconds = job.configuration?.startAtSeconds ?? Math.floor(job.firstNormalAtMs / 1000);
  const endSeconds = Math.floor((job.leftNormalAtMs ?? clock.now()) / 1000);
  return { beginSeconds, endSeconds: Math.max(beginSeconds, endSeconds) };
}
