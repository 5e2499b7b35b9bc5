import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import type { Job, JobStatus, PayType } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { requireDataTypes } from "./data-types.ts";
import { beingModified, jobNotFound, wrongStatus } from "./failures.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { cleanupOf } from "./plane/cleanups.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const JOB_ID_TAIL = 14;

interface Purchase {
  readonly region: string;
  readonly name?: string;
  readonly status: "NotConfigured" | "NotStarted";
  readonly payType: PayType;
  readonly expiresAtMs?: number | undefined;
  readonly instanceClass: string;
  readonly resourceGroupId: string;
  readonly engineName: string;
  readonly sourceRegion: string;
  readonly bought?: NonNullable<Job["bought"]>;
}

/** Buys an instance with its one job. Without a name it is called by its id. */
export function createJob(kernel: Kernel, purchase: Purchase): Job {
  const jobId = kernel.random.id(1, LETTERS) + kernel.random.id(JOB_ID_TAIL);
  const now = kernel.clock.now();
  const { expiresAtMs, name, ...rest } = purchase;
  const job: Job = {
    jobId,
    instanceId: `dts${jobId}`,
    name: name ?? `dts${jobId}`,
    ...rest,
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    generation: 1,
    createdAtMs: now,
    updatedAtMs: now,
  };
  dtsStore(kernel.store).insertJob(job);
  return job;
}

/** Reads the job again inside the transaction that changes it. */
export function changeJob<T>(kernel: Kernel, jobId: string, change: (job: Job) => T): T {
  return kernel.store.transaction(() => {
    const job = dtsStore(kernel.store).job(jobId);
    if (!job) throw jobNotFound(jobId);
    return change(job);
  });
}

/** Changes what has no part in the job's state. */
export function patchJob(kernel: Kernel, job: Job, patch: Partial<Job>): void {
  dtsStore(kernel.store).updateJob({ ...job, ...patch, updatedAtMs: kernel.clock.now() });
  lifecycleOf(kernel).plane.look(job.jobId);
}

/** Starts or resumes. A job that is under way or runs is left as it is, so a repeated call does no harm. */
export function startJob(kernel: Kernel, jobId: string): void {
  changeJob(kernel, jobId, (job) => {
    if (["Prechecking", "Starting", "Normal"].includes(job.status)) return;
    if (job.status === "Modifying") throw beingModified(job);
    if (job.status === "NotConfigured" || job.status === "Finished" || !job.configuration) {
      throw wrongStatus(job, "NotStarted, PrecheckFailed or Abnormal");
    }
    lifecycleOf(kernel).enter(job, job.status === "Abnormal" ? "Starting" : "Prechecking");
  });
}

/** Pauses: a change tracking job is then Abnormal, and one that is Abnormal by itself no longer comes back by itself. */
export function suspendJob(kernel: Kernel, jobId: string): void {
  changeJob(kernel, jobId, (job) => {
    if (job.status === "Abnormal") {
      if (job.trouble)
        lifecycleOf(kernel).enter(job, "Abnormal", { trouble: undefined, errorMessage: undefined });
      return;
    }
    if (job.status === "Modifying") throw beingModified(job);
    if (job.status !== "Normal" && job.status !== "Starting") throw wrongStatus(job, "Normal");
    lifecycleOf(kernel).enter(job, "Abnormal");
  });
}

/** Ends the job for good; its instance stays until it is deleted. */
export function stopJob(kernel: Kernel, jobId: string): void {
  changeJob(kernel, jobId, (job) => {
    if (job.status === "Finished") return;
    if (job.status === "NotConfigured") throw wrongStatus(job, "a configured task");
    endCapture(kernel, job, false);
    lifecycleOf(kernel).enter(job, "Finished", { finishedAtMs: kernel.clock.now(), trouble: undefined });
    tellDependents(kernel);
  });
}

/**
 * Takes the configuration away. As published the task is deleted and another is made in its place, so its
 * groups and alert rules go too; the ids stay.
 */
export function resetJob(kernel: Kernel, jobId: string): void {
  changeJob(kernel, jobId, (job) => {
    if (job.status === "NotConfigured") return;
    const store = dtsStore(kernel.store);
    endCapture(kernel, job, true);
    store.deleteGroupsOf(jobId);
    store.deleteRulesOf(jobId);
    lifecycleOf(kernel).enter(job, "NotConfigured", cleared);
    tellDependents(kernel);
  });
}

const cleared: Partial<Job> = {
  configuration: undefined,
  precheck: undefined,
  errorMessage: undefined,
  bootedAtMs: undefined,
  finishedAtMs: undefined,
  firstNormalAtMs: undefined,
  leftNormalAtMs: undefined,
  consumptionCheckpointSeconds: undefined,
  capture: undefined,
  trouble: undefined,
};

/** Stores what is to be removed of a capture, in the source and here; with the log its groups' clients go too. */
export function endCapture(kernel: Kernel, job: Job, removesLog: boolean): void {
  const store = dtsStore(kernel.store);
  const { plane } = lifecycleOf(kernel);
  const cleanup = cleanupOf(kernel, job, removesLog);
  if (cleanup) store.putCleanup(cleanup);
  if (!cleanup || !removesLog) return;
  const groups = store.groups(job.jobId);
  queueMicrotask(() => {
    for (const { groupId } of groups) plane.forgetGroup(groupId, true);
  });
}

/** Releases the instance with all it has. A prepaid one must have expired. */
export function deleteJob(kernel: Kernel, jobId: string): void {
  changeJob(kernel, jobId, (job) => {
    if (job.payType === "PrePaid" && (job.expiresAtMs ?? 0) > kernel.clock.now()) {
      throw serviceError(DTS_ERRORS.OperationDeniedPayType, {
        detail: `${job.instanceId} is paid until ${new Date(job.expiresAtMs ?? 0).toISOString()}; call TransferPayType to PostPaid first.`,
      });
    }
    endCapture(kernel, job, true);
    dtsStore(kernel.store).deleteJob(job);
    lifecycleOf(kernel).plane.look(jobId);
    tellDependents(kernel);
  });
}

/** Changes objects or data types: a running job is Modifying for a while, any other keeps its state. */
export function modifyJob(
  kernel: Kernel,
  jobId: string,
  change: {
    objects?: string | undefined;
    ddl?: boolean | undefined;
    dml?: boolean | undefined;
    reserved?: string | undefined;
  },
): void {
  changeJob(kernel, jobId, (job) => {
    if (job.status === "Modifying") throw beingModified(job);
    if (!job.configuration || job.status === "Finished")
      throw wrongStatus(job, "a configured task that has not ended");
    const configuration = {
      ...job.configuration,
      objects: change.objects ?? job.configuration.objects,
      ddl: change.ddl ?? job.configuration.ddl,
      dml: change.dml ?? job.configuration.dml,
      reserved:
        change.reserved === undefined
          ? job.configuration.reserved
          : merged(job.configuration.reserved, change.reserved),
    };
    requireDataTypes(configuration, "SubscriptionDataTypeDML");
    const next: JobStatus = job.status === "Normal" ? "Modifying" : job.status;
    if (next === "Prechecking" || next === "Starting") throw wrongStatus(job, "Normal, or not started");
    if (next === "Modifying") lifecycleOf(kernel).enter(job, next, { configuration });
    else patchJob(kernel, job, { configuration });
  });
}

/** Reserved parameters are added to, never overwritten as a whole; so it is published. */
function merged(present: string, added: string): string {
  return JSON.stringify({ ...(JSON.parse(present) as object), ...(JSON.parse(added) as object) });
}
