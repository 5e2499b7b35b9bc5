import { tagResources as published } from "../../../contract/ons/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putTags, taggedOf } from "../engine/tags.ts";

export const tagResources = defineAction(published, (ctx, input) => {
  const things = taggedOf(ctx, input.ResourceType, input.InstanceId, input.ResourceId);
  putTags(
    ctx,
    things,
    input.Tag.map(({ Key, Value }) => ({ key: Key, value: Value ?? "" })),
  );
  return {};
});
