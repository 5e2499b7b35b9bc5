import { setTimeout as sleep } from "node:timers/promises";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { JobStatus } from "../entities.ts";
import { dtsStore } from "../store.ts";

const pollMs = 10;
const pollsMax = 1_000;

/** Waits, for a seed, until a job is in the state; a failed precheck and ten seconds end the wait. */
export async function waitForStatus(kernel: Kernel, jobId: string, status: JobStatus): Promise<void> {
  for (let poll = 0; poll < pollsMax; poll += 1) {
    const job = dtsStore(kernel.store).job(jobId);
    if (job?.status === status) return;
    if (!job || job.status === "PrecheckFailed") throw new Error(job?.errorMessage ?? "the task has gone");
    await sleep(pollMs);
  }
  throw new Error(`the task did not become ${status} within ${(pollMs * pollsMax) / 1000} s`);
}
