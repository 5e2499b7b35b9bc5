import { setTimeout as sleep } from "node:timers/promises";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { JobStatus } from "../entities.ts";
import { dtsStore } from "../store.ts";

const POLL_MS = 10;
const POLLS_MAX = 1_000;

/** Waits, for a seed, until a job is in the state; a failed precheck and ten seconds end the wait. */
export async function waitForStatus(kernel: Kernel, jobId: string, status: JobStatus): Promise<void> {
  let reason = "";
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const job = dtsStore(kernel.store).job(jobId);
    reason = job?.errorMessage === undefined ? "" : `: ${job.errorMessage}`;
    if (job?.status === status) return;
    if (!job || job.status === "PrecheckFailed") throw new Error(job?.errorMessage ?? "the task has gone");
    await sleep(POLL_MS);
  }
  throw new Error(`the task did not become ${status} within ${(POLL_MS * POLLS_MAX) / 1000} s${reason}`);
}
