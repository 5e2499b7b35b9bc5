/* CountJobByCondition, version 2020-01-01: counts tasks by region, kind, state, engine, and name or instance id. */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { regionId } from "../../../contract/limits/dts.ts";
import { taskType } from "../../../contract/limits/dts-task.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { dtsStore } from "../store.ts";

export const countJobByCondition = defineAction({
  name: "CountJobByCondition",
  kind: "read",
  summary: "Counts tasks.",
  partial: "only change tracking tasks are there; of Type, name and instance are looked for",
  request: z.object({
    ...commonParams,
    Region: text(regionId),
    JobType: optional(text(taskType)),
    Status: optional(text()),
    SrcDbType: optional(text()),
    GroupId: optional(text()),
    Type: withDefault(text(oneOf(["name", "instance"])), "name"),
    Params: optional(text()),
  }),
  handler(ctx, input) {
    const isEngine = (name: string) =>
      input.SrcDbType === undefined || name.toLowerCase() === input.SrcDbType.toLowerCase();
    const found = dtsStore(ctx.store)
      .jobs()
      .filter((job) => job.region === input.Region && (input.JobType ?? "SUBSCRIBE") === "SUBSCRIBE")
      .filter((job) => (input.Status ?? job.status) === job.status && isEngine(job.engineName))
      .filter((job) => (input.GroupId ?? job.jobId) === job.jobId)
      .filter((job) => (input.Type === "name" ? job.name : job.instanceId).includes(input.Params ?? ""));
    return { TotalRecordCount: found.length };
  },
});
