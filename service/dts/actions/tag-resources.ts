/* TagResources, version 2020-01-01: puts tags on instances; a key that is there gets the new value. */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { TAGS_MAX, tagKeyRefusal, tagPartRefusal } from "../../../contract/limits/tags.ts";
import { list, optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceResourceType, tagInstances } from "../engine/tags.ts";

const judged = (refusal: (value: string) => string | undefined) =>
  textOrEmpty().superRefine((value, context) => {
    const message = refusal(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
const tagParam = z.object({ Key: text(judged(tagKeyRefusal)), Value: z.optional(judged(tagPartRefusal)) });

export const tagResources = defineAction({
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on instances.",
  request: z.object({
    ...commonParams,
    ResourceType: optional(z.literal(instanceResourceType, { error: `must be ${instanceResourceType}` })),
    ResourceId: list(text(), { min: 1, max: 50 }),
    Tag: list(tagParam, { min: 1, max: TAGS_MAX }),
  }),
  handler(ctx, input) {
    const tags = input.Tag.map((tag) => ({ key: tag.Key, value: tag.Value ?? "" }));
    tagInstances(ctx, input.ResourceId, tags);
    return {};
  },
});
