/*
 * DescribeDtsInstances, version 2020-01-01: not published, but infrastructure tools list instances by it, by
 * PageNum and PageSize until a page is short. They send no region then: all regions are listed.
 */
import { z } from "zod";
import { commonParams, pageParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { dtsStore } from "../store.ts";
import { instanceStatusFields } from "../views/instance.ts";

const page = pageParams({ default: 30 });

export const describeDtsInstances = defineAction({
  name: "DescribeDtsInstances",
  kind: "read",
  summary: "Lists instances (not published; clients read it).",
  request: z.object({ ...commonParams, PageNum: page.number, PageSize: page.size }),
  handler(ctx, input) {
    const { RegionId: region, ResourceGroupId: group } = input;
    const found = dtsStore(ctx.store)
      .jobs()
      .filter((job) => region === undefined || job.region === region)
      .filter((job) => group === undefined || job.resourceGroupId === group);
    const from = (input.PageNum - 1) * input.PageSize;
    const jobs = found.slice(from, from + input.PageSize);
    return {
      DtsInstanceStatusList: jobs.map((job) => instanceStatusFields(ctx, job)),
      PageNumber: input.PageNum,
      PageRecordCount: jobs.length,
      TotalRecordCount: found.length,
    };
  },
});
