import { untagResources as published } from "../../../contract/rocketmq/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { missingParameter } from "../engine/failures.ts";
import { untagInstances } from "../engine/instances.ts";

export const untagResources = defineAction(published, (ctx, input) => {
  const keys = input.tagKey?.length ? input.tagKey : undefined;
  if (keys === undefined && input.all !== true) throw missingParameter("tagKey");
  untagInstances(ctx, input.resourceId, keys);
  return { data: true };
});
