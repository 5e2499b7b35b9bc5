import { tagResources as published } from "../../../contract/dts/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagInstances } from "../engine/tags.ts";

export const tagResources = defineAction(published, (ctx, input) => {
  const tags = input.Tag.map((tag) => ({ key: tag.Key, value: tag.Value ?? "" }));
  tagInstances(ctx, input.ResourceId, tags);
  return {};
});
