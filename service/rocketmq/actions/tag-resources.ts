import { tagResources as published } from "../../../contract/rocketmq/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagInstances } from "../engine/instances.ts";

export const tagResources = defineAction(published, (ctx, input) => {
  const tags = input.tag.map(({ key, value }) => ({ key, value: value ?? "" }));
  tagInstances(ctx, input.resourceId, tags);
  return { data: true };
});
