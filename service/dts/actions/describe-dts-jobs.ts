import type { InputOf } from "../../../contract/action.ts";
import { describeDtsJobs as published } from "../../../contract/dts/job-reads.ts";
import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { hasTags } from "../../core/kit/tags.ts";
import type { Job } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { checkpointSeconds, delayField, jobFields, sourceFields } from "../views/job.ts";
import { pageOf } from "../views/page.ts";
import { precheckStatusField } from "../views/precheck.ts";

type Filter = InputOf<typeof published>;

export const describeDtsJobs = defineAction(published, (ctx, input) => {
  const store = dtsStore(ctx.store);
  if (input.DtsJobId !== undefined && !store.job(input.DtsJobId)) {
    throw serviceError(DTS_ERRORS.InvalidJobId, { parameter: "DtsJobId", dynamicMessage: "DtsJobId" });
  }
  const found = input.JobType.toUpperCase() === "SUBSCRIBE" ? store.jobs().filter(matcher(ctx, input)) : [];
  if (input.OrderColumn === "FinishTime") found.sort((a, b) => (a.finishedAtMs ?? 0) - (b.finishedAtMs ?? 0));
  if (input.OrderDirection === "DESC") found.reverse();
  const { shown, page } = pageOf(found, input.PageNumber, input.PageSize);
  return { DtsJobList: shown.map((job) => lineOf(ctx, job, input.WithoutDbList)), ...page };
});

function matcher(kernel: Kernel, filter: Filter): (job: Job) => boolean {
  const region = filter.Region ?? filter.RegionId;
  const equals = (wanted: string | undefined, value: string) => wanted === undefined || wanted === value;
  return (job) =>
    equals(region, job.region) &&
    equals(filter.DtsInstanceId, job.instanceId) &&
    equals(filter.DtsJobId, job.jobId) &&
    equals(filter.InstanceId, job.configuration?.source.instanceId ?? "") &&
    equals(filter.ResourceGroupId, job.resourceGroupId) &&
    equals(filter.Status, job.status) &&
    matchesParams(job, filter) &&
    (!filter.Tags?.length || hasTags(dtsStore(kernel.store).tags(job.instanceId), filter.Tags));
}

/** `Params` means what `Type` says; a name is matched in part. */
function matchesParams(job: Job, { Type, Params }: Filter): boolean {
  if (Type === undefined || Params === undefined) return true;
  if (Type === "instance") return job.instanceId === Params;
  if (Type === "name") return job.name.includes(Params);
  return Type === "srcRds" && job.configuration?.source.instanceId === Params;
}

function lineOf(kernel: Kernel, job: Job, withoutObjects: boolean) {
  const { DbObject, ...rest } = jobFields(kernel, job);
  return {
    ...rest,
    ...delayField(kernel, job, 1000),
    ...(withoutObjects ? {} : { DbObject }),
    Checkpoint: String(checkpointSeconds(kernel, job)),
    JobType: "SUBSCRIBE",
    OriginType: "DTS",
    PrecheckStatus: precheckStatusField(job),
    SourceEndpoint: sourceFields(job),
    TagList: dtsStore(kernel.store)
      .tags(job.instanceId)
      .map((tag) => ({ TagKey: tag.key, TagValue: tag.value })),
  };
}
