import { describeDtsInstances as published } from "../../../contract/dts/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { dtsStore } from "../store.ts";
import { instanceStatusFields } from "../views/instance.ts";
import { pageOf } from "../views/page.ts";

export const describeDtsInstances = defineAction(published, (ctx, input) => {
  const { RegionId: region, ResourceGroupId: group } = input;
  const found = dtsStore(ctx.store)
    .jobs()
    .filter((job) => region === undefined || job.region === region)
    .filter((job) => group === undefined || job.resourceGroupId === group);
  const { shown, page } = pageOf(found, input.PageNum, input.PageSize);
  return { DtsInstanceStatusList: shown.map((job) => instanceStatusFields(ctx, job)), ...page };
});
