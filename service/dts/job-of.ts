import { DTS_ERRORS, serviceError } from "../../contract/errors/index.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { jobNotFound } from "./engine/failures.ts";
import type { Job } from "./entities.ts";
import { dtsStore } from "./store.ts";

interface JobReference {
  readonly RegionId?: string | undefined;
  readonly DtsInstanceId?: string | undefined;
  readonly DtsJobId?: string | undefined;
}

/** The job that a call names. A region that was sent and is not the job's makes it unknown, as it is there. */
export function jobOf(kernel: Kernel, reference: JobReference): Job {
  const { DtsInstanceId: instanceId, DtsJobId: jobId, RegionId: region } = reference;
  if (instanceId === undefined && jobId === undefined) {
    throw serviceError(DTS_ERRORS.MissingDtsInstanceId, { parameter: "DtsInstanceId" });
  }
  const store = dtsStore(kernel.store);
  const job = jobId !== undefined ? store.job(jobId) : store.jobOfInstance(instanceId ?? "");
  const meant = job && (instanceId === undefined || job.instanceId === instanceId);
  if (!meant) throw jobNotFound(instanceId ?? jobId ?? "");
  if (region !== undefined && job.region !== region) {
    throw jobNotFound(`${job.instanceId} in ${region}; it is in ${job.region}`);
  }
  return job;
}

/** The job of an older action. */
export function subscriptionOf(
  kernel: Kernel,
  input: { readonly RegionId?: string | undefined; readonly SubscriptionInstanceId: string },
): Job {
  return jobOf(kernel, { RegionId: input.RegionId, DtsInstanceId: input.SubscriptionInstanceId });
}

/** Does the same to several jobs: all of it or nothing, so the first one refused undoes the others. */
export function forEachJob(
  kernel: Kernel,
  input: { readonly RegionId?: string | undefined; readonly DtsJobIds: readonly string[] },
  change: (job: Job) => void,
): void {
  kernel.store.transaction(() => {
    for (const DtsJobId of input.DtsJobIds) change(jobOf(kernel, { RegionId: input.RegionId, DtsJobId }));
  });
}
