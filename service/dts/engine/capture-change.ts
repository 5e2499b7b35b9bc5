import type { Job, JobStatus, PrecheckItem } from "../entities.ts";
import type { CaptureState } from "../threads/messages.ts";

interface Change {
  /** Undefined: the job stays in its state. */
  readonly status?: JobStatus;
  readonly patch: Partial<Job>;
}

/**
 * What a job becomes by what its capture says; undefined when that changes nothing. `generation` is the job's when the
 * capture was told to run: what it said before it knew of a change is not about the change.
 */
export function captureChange(
  job: Job,
  generation: number,
  state: CaptureState,
  nowMs: number,
): Change | undefined {
  if (state.kind === "running") return running(job, generation);
  const { code, message, isFinal } = state;
  const { status } = job;
  // Nothing was ever captured: what is missing is for somebody to see to before it begins.
  if (code === "REFUSED" && status === "Starting" && !job.capture?.hasBegun) {
    return { status: "PrecheckFailed", patch: { errorMessage: message, ...withItem(job, message, nowMs) } };
  }
  const patch = { errorMessage: message, trouble: { code, isFinal } };
  if (status === "Starting" || status === "Normal" || status === "Modifying")
    return { status: "Abnormal", patch };
  if (status !== "Abnormal" || !job.trouble) return undefined;
  return job.errorMessage === message && job.trouble.code === code ? undefined : { patch };
}

function running(job: Job, generation: number): Change | undefined {
  const { status, capture, trouble } = job;
  if (!capture) return undefined;
  const isAwaited = (status === "Starting" || status === "Modifying") && job.generation === generation;
  const isBack = status === "Abnormal" && trouble !== undefined;
  if (!isAwaited && !isBack) return undefined;
  return { status: "Normal", patch: { capture: { ...capture, hasBegun: true } } };
}

/** The reason stands where the reasons of failed prechecks are looked for. */
function withItem({ precheck }: Job, reason: string, nowMs: number): Partial<Job> {
  const item: PrecheckItem = {
    item: "CHECK_CAPTURE_SRC",
    description: "The changes of the source can be read.",
    result: "Failed",
    reason,
    repair: "Mend this, then start the task again.",
    startedAtMs: nowMs,
    finishedAtMs: nowMs,
  };
  return { precheck: { declaredOnly: false, items: [...(precheck?.items ?? []), item] } };
}
