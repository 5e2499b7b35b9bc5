/* UntagResources, version 2019-02-14: takes tags off instances, topics or groups. */
import { z } from "zod";
import { flag, list, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { taggedOf, takeTags } from "../engine/tags.ts";
import { holdsInstance, instanceParams, taggedType } from "../params.ts";

export const untagResources = defineAction({
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off instances, topics or groups.",

  request: z
    .object({
      ...instanceParams,
      ResourceType: taggedType,
      ResourceId: list(text(), { min: 1, max: 50 }),
      TagKey: optional(list(text(), { max: 20 })),
      All: withDefault(flag(), false),
    })
    .superRefine(holdsInstance)
    .refine(({ TagKey, All }) => All || Boolean(TagKey?.length), {
      path: ["TagKey"],
      error: "is required unless All is true",
    }),
  handler(ctx, input) {
    const things = taggedOf(ctx, input.ResourceType, input.InstanceId, input.ResourceId);
    takeTags(ctx, things, input.TagKey?.length ? input.TagKey : undefined);
    return {};
  },
});
