import { describeDtsInstances as published } from "../../../contract/dts/instances.ts";
import { serveAction } from "../../core/kit/action.ts";
import { dtsStore } from "../store.ts";
import { instanceStatusFields } from "../views/instance.ts";

export const describeDtsInstances = serveAction(published, (ctx, input) => {
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
});
