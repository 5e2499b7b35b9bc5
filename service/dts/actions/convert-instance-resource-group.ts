/*
 * ConvertInstanceResourceGroup, version 2020-01-01: puts an instance into another resource group. Groups are
 * names here: nothing checks that one exists.
 */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const convertInstanceResourceGroup = defineAction({
  name: "ConvertInstanceResourceGroup",
  kind: "write",
  summary: "Puts an instance into another resource group.",
  request: z.object({ ...commonParams, ResourceId: text(), NewResourceGroupId: text() }),
  handler(ctx, input) {
    const named = jobOf(ctx, { RegionId: input.RegionId, DtsInstanceId: input.ResourceId });
    changeJob(ctx, named.jobId, (job) => patchJob(ctx, job, { resourceGroupId: input.NewResourceGroupId }));
    return {};
  },
});
