import { countJobByCondition as published } from "../../../contract/dts/job-reads.ts";
import { defineAction } from "../../core/kit/action.ts";
import { dtsStore } from "../store.ts";

export const countJobByCondition = defineAction(published, (ctx, input) => {
  const isEngine = (name: string) =>
    input.SrcDbType === undefined || name.toLowerCase() === input.SrcDbType.toLowerCase();
  const found = dtsStore(ctx.store)
    .jobs()
    .filter((job) => job.region === input.Region && (input.JobType ?? "SUBSCRIBE") === "SUBSCRIBE")
    .filter((job) => (input.Status ?? job.status) === job.status && isEngine(job.engineName))
    .filter((job) => (input.GroupId ?? job.jobId) === job.jobId)
    .filter((job) => (input.Type === "name" ? job.name : job.instanceId).includes(input.Params ?? ""));
  return { TotalRecordCount: found.length };
});
