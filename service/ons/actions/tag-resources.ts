/* TagResources, version 2019-02-14: puts tags on instances, topics or groups. */
import { z } from "zod";
import { list, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putTags, taggedOf } from "../engine/tags.ts";
import { holdsInstance, instanceParams, newTagsParam, taggedType } from "../params.ts";

export const tagResources = defineAction({
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on instances, topics or groups.",

  request: z
    .object({
      ...instanceParams,
      ResourceType: taggedType,
      ResourceId: list(text(), { min: 1, max: 50 }),
      Tag: newTagsParam,
    })
    .superRefine(holdsInstance),
  handler(ctx, input) {
    const things = taggedOf(ctx, input.ResourceType, input.InstanceId, input.ResourceId);
    putTags(
      ctx,
      things,
      input.Tag.map(({ Key, Value }) => ({ key: Key, value: Value ?? "" })),
    );
    return {};
  },
});
