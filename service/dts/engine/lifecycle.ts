import type { Kernel } from "../../core/kit/kernel.ts";
import type { Store } from "../../core/store/store.ts";
import { type Job, type JobStatus, PASSING_STATUSES, type PrecheckReport } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { limiter } from "./limiter.ts";
import { precheck } from "./precheck.ts";

/** How long the states take that nothing real happens in. The settings' wait scale multiplies them. */
const startingMs = 300;
const modifyingMs = 300;
/** Sources checked at once: many jobs over one database must not use up its connections. */
const prechecksMax = 8;
/**
 * A transition that could not be stored (a full disk) is tried again for as long as the room is open, at first after
 * one second, later after a minute: a job must not stand still for ever because nobody made room in time.
 */
const storeRetryMs = 1_000;
const storeRetryMsMax = 60_000;

/**
 * Moves jobs through the states that end by themselves: Prechecking, Starting, Modifying. What it does is
 * stored before and after, never in between: a process that dies takes up the same state when it opens again.
 */
export interface Lifecycle {
  /** Stores the job in a new state and sees to what follows from it. The job must have just been read. */
  enter(job: Job, status: JobStatus, patch?: Partial<Job>): Job;
  close(): void;
}

const open = new WeakMap<Store, Lifecycle>();

/** The lifecycle that belongs to a kernel's store; the room opens it before the first call. */
export function lifecycleOf(kernel: Kernel): Lifecycle {
  const lifecycle = open.get(kernel.store);
  if (!lifecycle) throw new Error("the room is not open");
  return lifecycle;
}

/** Opens the lifecycle and resumes what an earlier process left under way. */
export function openLifecycle(kernel: Kernel): Lifecycle {
  const store = dtsStore(kernel.store);
  const limit = limiter(prechecksMax);
  const cancels = new Set<() => void>();
  let closed = false;

  function later(delayMs: number, work: () => void): void {
    const cancel = kernel.clock.after(delayMs, () => {
      cancels.delete(cancel);
      if (!closed) work();
    });
    cancels.add(cancel);
  }

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
  function advance(from: Job, status: JobStatus, patch: Partial<Job>, retryMs = storeRetryMs): void {
    try {
      kernel.store.transaction(() => {
        const job = store.job(from.jobId);
        if (job?.generation === from.generation) enter(job, status, patch);
      });
    } catch (error) {
      kernel.log.error("dts.transition", { jobId: from.jobId, to: status, error: String(error), retryMs });
      later(retryMs, () => advance(from, status, patch, Math.min(2 * retryMs, storeRetryMsMax)));
    }
  }

  function follow(job: Job): void {
    if (job.status === "Starting") later(startingMs, () => advance(job, "Normal", {}));
    if (job.status === "Modifying") later(modifyingMs, () => advance(job, "Normal", {}));
    if (job.status !== "Prechecking") return;
    void limit(() => (closed ? Promise.resolve(undefined) : precheck(kernel, job))).then((report) => {
      if (closed || !report) return;
      const failure = failureOf(report);
      if (failure === undefined) advance(job, "Starting", { precheck: report, errorMessage: undefined });
      else advance(job, "PrecheckFailed", { precheck: report, errorMessage: failure });
    });
  }

  const lifecycle: Lifecycle = {
    enter,
    close() {
      closed = true;
      for (const cancel of cancels) cancel();
      cancels.clear();
      if (open.get(kernel.store) === lifecycle) open.delete(kernel.store);
    },
  };
  open.set(kernel.store, lifecycle);
  for (const job of store.jobsIn(PASSING_STATUSES)) follow(job);
  return lifecycle;
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
