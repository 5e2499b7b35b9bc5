import { untagResources as published } from "../../../contract/ons/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { taggedOf, takeTags } from "../engine/tags.ts";

export const untagResources = defineAction(published, (ctx, input) => {
  const things = taggedOf(ctx, input.ResourceType, input.InstanceId, input.ResourceId);
  takeTags(ctx, things, input.TagKey?.length ? input.TagKey : undefined);
  return {};
});
