import type { Kernel } from "../../core/kit/kernel.ts";
import { type BackgroundWork, roomLifecycle } from "../../core/kit/room-lifecycle.ts";
import { type Job, type JobStatus, PASSING_STATUSES, type PrecheckReport } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { limiter } from "./limiter.ts";
import { precheck } from "./precheck.ts";

/** How long the states take that nothing real happens in. The settings' wait scale multiplies them. */
const STARTING_MS = 300;
const MODIFYING_MS = 300;
/** Sources checked at once: many jobs over one database must not use up its connections. */
const PRECHECKS_MAX = 8;

/**
 * Moves jobs through the states that end by themselves: Prechecking, Starting, Modifying. What it does is
 * stored before and after, never in between: a process that dies takes up the same state when it opens again.
 */
interface Lifecycle {
  /** Stores the job in a new state and sees to what follows from it. The job must have just been read. */
  enter(job: Job, status: JobStatus, patch?: Partial<Job>): Job;
}

export const { open: openLifecycle, of: lifecycleOf } = roomLifecycle("dts", startLifecycle);

function startLifecycle(kernel: Kernel, background: BackgroundWork): Lifecycle {
  const store = dtsStore(kernel.store);
  const limit = limiter(PRECHECKS_MAX);

  function enter(job: Job, status: JobStatus, patch: Partial<Job> = {}): Job {
    const now = kernel.clock.now();
    const next: Job = {
      ...job,
      ...marks(job, status, now),
      ...patch,
      status,
      generation: job.generation + 1,
      updatedAtMs: now,
    };
    store.updateJob(next);
    if (status !== job.status) {
      kernel.log.info("dts.job", { jobId: job.jobId, from: job.status, to: status });
    }
    follow(next);
    return next;
  }

  /** Enters the next state if the job is still where `from` saw it. */
  function advance(from: Job, status: JobStatus, patch: Partial<Job>): void {
    background.transition({ jobId: from.jobId, to: status }, () => {
      const job = store.job(from.jobId);
      if (job?.generation === from.generation) enter(job, status, patch);
    });
  }

  function follow(job: Job): void {
    if (job.status === "Starting") background.later(STARTING_MS, () => advance(job, "Normal", {}));
    if (job.status === "Modifying") background.later(MODIFYING_MS, () => advance(job, "Normal", {}));
    if (job.status !== "Prechecking") return;
    void limit(() => (background.isClosed ? Promise.resolve(undefined) : precheck(kernel, job))).then(
      (report) => {
        if (background.isClosed || !report) return;
        const failure = failureOf(report);
        if (failure === undefined) advance(job, "Starting", { precheck: report, errorMessage: undefined });
        else advance(job, "PrecheckFailed", { precheck: report, errorMessage: failure });
      },
    );
  }

  for (const job of store.jobsIn(PASSING_STATUSES)) follow(job);
  return { enter };
}

/** The times that a job keeps of its states. */
function marks(job: Job, status: JobStatus, now: number): Partial<Job> {
  if (status === "Normal") {
    return {
      firstNormalAtMs: job.firstNormalAtMs ?? now,
      leftNormalAtMs: undefined,
      errorMessage: undefined,
    };
  }
  if (status === "Prechecking") return { bootedAtMs: now, precheck: undefined, errorMessage: undefined };
  if (status === "Abnormal" || status === "Finished") return { leftNormalAtMs: job.leftNormalAtMs ?? now };
  return {};
}

function failureOf(report: PrecheckReport): string | undefined {
  const failed = report.items.find((item) => item.result === "Failed");
  return (
    failed &&
    `${failed.item}: ${failed.reason ?? failed.description}${failed.repair ? ` ${failed.repair}` : ""}`
  );
}
