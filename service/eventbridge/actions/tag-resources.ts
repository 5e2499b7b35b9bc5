/* TagResources, version 2020-04-01: puts tags on streams; a key that is there gets the new value. */
import { z } from "zod";
import { TAGS_MAX, tagKeyRefusal, tagPartRefusal } from "../../../contract/limits/tags.ts";
import { list, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagStreams } from "../engine/tags.ts";
import { taggedParams } from "../params.ts";

const judged = (refusal: (value: string) => string | undefined) =>
  textOrEmpty().superRefine((value, context) => {
    const message = refusal(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
const tagParam = z.object({ Key: text(judged(tagKeyRefusal)), Value: z.optional(judged(tagPartRefusal)) });

export const tagResources = defineAction({
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on event streams.",
  request: z.object({ ...taggedParams, Tag: list(tagParam, { min: 1, max: TAGS_MAX }) }),
  handler(ctx, input) {
    const tags = input.Tag.map((tag) => ({ key: tag.Key, value: tag.Value ?? "" }));
    tagStreams(ctx, input.ResourceId, tags);
    return {};
  },
});
