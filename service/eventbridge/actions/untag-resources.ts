/* UntagResources, version 2020-04-01: takes tags off streams; All=true takes every one. */
import { z } from "zod";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { flag, list, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { untagStreams } from "../engine/tags.ts";
import { taggedParams } from "../params.ts";

export const untagResources = defineAction({
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off event streams.",
  request: z.object({
    ...taggedParams,
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
    untagStreams(ctx, input.ResourceId, keys);
    return {};
  },
});
