/* UntagResources, version 2020-01-01: takes tags off instances; All=true takes every one. */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { flag, list, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceResourceType, untagInstances } from "../engine/tags.ts";

export const untagResources = defineAction({
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off instances.",
  request: z.object({
    ...commonParams,
    ResourceType: optional(z.literal(instanceResourceType, { error: `must be ${instanceResourceType}` })),
    ResourceId: list(text(), { min: 1, max: 50 }),
    TagKey: optional(list(text(), { max: 20 })),
    All: withDefault(flag(), false),
  }),
  handler(ctx, input) {
    const keys = input.TagKey?.length ? input.TagKey : undefined;
    if (!keys && !input.All) {
      throw serviceError(GATEWAY_ERRORS.Missing, {
        parameter: "TagKey",
        detail: "Give TagKey.N or All=true.",
      });
    }
    untagInstances(ctx, input.ResourceId, keys);
    return {};
  },
});
