import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job, JobCapture, JobStatus } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { capturedSource } from "./plane/capture-order.ts";
import { cleanupOf } from "./plane/cleanups.ts";
import type { Plane } from "./plane/plane.ts";

const CAPTURE_ID_TAIL = 6;
/**
 * Between the first records of two logs of one job: more than a log ever holds, 2.8 years of 100,000 records a second, and
 * small enough that offsets stay exact over a thousand logs.
 */
export const OFFSETS_OF_A_LOG = 2 ** 43;

/**
 * The capture that a job needs which starts. A new log behind one that has gone begins beyond all that was ever read of that:
 * a client that goes on where it was is told that this is out of range, and one that remembers ids sees no old one again. Its
 * groups begin with the new log's first record.
 */
export function begunCapture(
  kernel: Kernel,
  plane: Plane,
  job: Job,
  { status, configuration = job.configuration }: Partial<Job> & { readonly status: JobStatus },
): { readonly capture?: JobCapture } {
  if (status !== "Starting" || !capturedSource(kernel, configuration)) return {};
  const { capture, trouble, jobId } = job;
  const isLost = trouble?.code === "LOG_LOST";
  if (capture && !isLost) return {};
  const firstOffset = capture ? (capture.firstOffset ?? 0) + OFFSETS_OF_A_LOG : 0;
  const store = dtsStore(kernel.store);
  leaveSource(kernel, job);
  store.movePositionsOf(jobId, firstOffset);
  for (const { groupId } of store.groups(jobId)) plane.consumption.forget(groupId);
  const id = `${jobId}_${kernel.random.id(CAPTURE_ID_TAIL)}`;
  return { capture: { id, hasBegun: false, firstOffset } };
}

/** What the source keeps for a log that is gone nobody reads: the next start begins a new one. */
export function leaveSource(kernel: Kernel, job: Job): void {
  const left = cleanupOf(kernel, job, true);
  if (left) dtsStore(kernel.store).putCleanup(left);
}
