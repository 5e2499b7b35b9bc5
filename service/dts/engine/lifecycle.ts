import type { Kernel } from "../../core/kit/kernel.ts";
import { type BackgroundWork, roomLifecycle } from "../../core/kit/room-lifecycle.ts";
import { type Job, type JobStatus, PASSING_STATUSES, type PrecheckReport } from "../entities.ts";
import { dtsStore } from "../store.ts";
import type { CaptureState } from "../threads/messages.ts";
import { begunCapture, leaveSource } from "./begin-capture.ts";
import { captureChange } from "./capture-change.ts";
import { limiter } from "./limiter.ts";
import { capturedSource } from "./plane/capture-order.ts";
import { Plane } from "./plane/plane.ts";
import type { Spawn } from "./plane/threads.ts";
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
  /** Moves the data of the jobs whose source is captured. */
  readonly plane: Plane;
}

export const {
  open: openLifecycle,
  of: lifecycleOf,
  find: findLifecycle,
} = roomLifecycle("dts", startLifecycle);

function startLifecycle(kernel: Kernel, background: BackgroundWork, spawn: Spawn): Lifecycle {
  const store = dtsStore(kernel.store);
  const limit = limiter(PRECHECKS_MAX);
  const plane = new Plane({
    kernel,
    spawn,
    changed: ({ jobId, capture }, generation, state) =>
      background.transition({ jobId, capture: state.kind }, () => {
        const job = store.job(jobId);
        if (!job || job.capture?.id !== capture?.id) return;
        const change = captureChange(job, generation, state, kernel.clock.now());
        if (change?.patch.trouble?.code === "LOG_LOST") leaveSource(kernel, job);
        if (change?.status === "Normal") logNotes(kernel, job, state);
        if (change?.status) enter(job, change.status, change.patch);
        else if (change) store.updateJob({ ...job, ...change.patch, updatedAtMs: kernel.clock.now() });
      }),
  });

  function enter(job: Job, status: JobStatus, patch: Partial<Job> = {}): Job {
    const now = kernel.clock.now();
    const next: Job = {
      ...job,
      ...marks(job, status, now),
      ...begunCapture(kernel, plane, job, { ...patch, status }),
      ...patch,
      status,
      generation: job.generation + 1,
      updatedAtMs: now,
    };
    store.updateJob(next);
    if (status !== job.status) logStatus(kernel, job.status, next);
    follow(next);
    plane.look(next.jobId);
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
    const isCaptured = capturedSource(kernel, job.configuration) !== undefined;
    if (job.status === "Starting" && !isCaptured)
      background.later(STARTING_MS, () => advance(job, "Normal", {}));
    if (job.status === "Modifying" && !isCaptured)
      background.later(MODIFYING_MS, () => advance(job, "Normal", {}));
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
  for (const job of store.jobsIn(["Normal"])) {
    // Of a version that captured nothing, or of settings that did not know where the source is.
    if (!job.capture && capturedSource(kernel, job.configuration)) enter(job, "Starting");
  }
  plane.begin();
  return { enter, plane };
}

/** With the reason where something is to be mended: the log is what there is to look at beside a running service. */
function logStatus(kernel: Kernel, from: JobStatus, { jobId, instanceId, status, errorMessage }: Job): void {
  const isTrouble = status === "Abnormal" || status === "PrecheckFailed";
  const reason = isTrouble && errorMessage !== undefined ? { reason: errorMessage } : {};
  kernel.log[isTrouble ? "warn" : "info"]("dts.job", { jobId, instanceId, from, to: status, ...reason });
}

function logNotes(kernel: Kernel, { instanceId }: Job, state: CaptureState): void {
  if (state.kind !== "running") return;
  for (const note of state.notes) kernel.log.warn("dts.note", { instanceId, note });
}

/** The times that a job keeps of its states. */
function marks(job: Job, status: JobStatus, now: number): Partial<Job> {
  if (status === "Normal") {
    return {
      firstNormalAtMs: job.firstNormalAtMs ?? now,
      leftNormalAtMs: undefined,
      errorMessage: undefined,
      trouble: undefined,
    };
  }
  if (status === "Prechecking") return { bootedAtMs: now, precheck: undefined, errorMessage: undefined };
  if (status === "Starting") return { errorMessage: undefined, trouble: undefined };
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
