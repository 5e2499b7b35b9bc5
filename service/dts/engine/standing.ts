import type { Kernel } from "../../core/kit/kernel.ts";
import { type SourcePlace, sourcePlace } from "../capture/place.ts";
import type { Job } from "../entities.ts";
import type { LogStanding } from "../threads/messages.ts";
import { findLifecycle } from "./lifecycle.ts";
import { capturedSource, isCapturing } from "./plane/capture-order.ts";

/** Where the capture of a job stands in its source: what is behind it is durable. */
interface CaptureStanding {
  /** Left out before anything was captured. */
  readonly place?: SourcePlace;
  /** Left out before anything was captured, and while the source is neither read nor tried again. */
  readonly delayMs?: number;
}

export function captureStanding(
  kernel: Pick<Kernel, "store" | "clock" | "settings">,
  job: Job,
): CaptureStanding {
  const range = findLifecycle(kernel)?.plane.range(job);
  const source = capturedSource(kernel, job.configuration);
  if (!range || !source) return {};
  const place = sourcePlace(source.family, range.position);
  const delayMs = isCapturing(job) ? delayMsOf(range, kernel.clock.now()) : undefined;
  return { ...(place && { place }), ...(delayMs === undefined ? {} : { delayMs }) };
}

/**
 * Between the commit of the newest record that is durable, heartbeats among them, and now. Records have whole seconds of the
 * source's clock: of an idle source it is two seconds at most, and 0 where that clock is ahead. Undefined for an empty log.
 */
export function delayMsOf({ lastSeconds }: LogStanding, nowMs: number): number | undefined {
  return lastSeconds === undefined ? undefined : Math.max(0, nowMs - lastSeconds * 1000);
}
