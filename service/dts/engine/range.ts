import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job } from "../entities.ts";
import { findLifecycle } from "./lifecycle.ts";

interface DataRange {
  readonly beginSeconds: number;
  readonly endSeconds: number;
}

/**
 * The span of time whose changes can be read, in whole seconds since the epoch: what the log holds. Where nothing is
 * captured, and while the log is not open yet, it begins where tracking was asked to start, else when the job first became
 * Normal, and ends now, or when the job was stopped. Undefined before the job has ever been Normal.
 */
export function dataRange(kernel: Pick<Kernel, "store" | "clock">, job: Job): DataRange | undefined {
  const { firstSeconds, lastSeconds } = findLifecycle(kernel)?.plane.range(job) ?? {};
  if (firstSeconds !== undefined && lastSeconds !== undefined)
    return { beginSeconds: firstSeconds, endSeconds: lastSeconds };
  if (job.firstNormalAtMs === undefined) return undefined;
  const beginSeconds = job.configuration?.startAtSeconds ?? Math.floor(job.firstNormalAtMs / 1000);
  const endSeconds = Math.floor((job.leftNormalAtMs ?? kernel.clock.now()) / 1000);
  return { beginSeconds, endSeconds: Math.max(beginSeconds, endSeconds) };
}
