import { z } from "zod";
import { STREAM_RESOURCE_TYPE } from "../limits/eventbridge.ts";
import { TAGS_MAX, tagKeyRefusal, tagPartRefusal } from "../limits/tags.ts";
import { once } from "../once.ts";
import { flag, list, optional, text, textOrEmpty, withDefault } from "../params.ts";
import { eventbridgeAction, outcome } from "./actions-of.ts";
import { commonParams, tagFilter } from "./params.ts";

/** Tags of event streams. */

const known = {
  source: "not published; as the official tools call and read them",
  coverage: "whole",
  testedBy: ["test/service/eventbridge/clients.test.ts"],
} as const;

const resourceType = once(() =>
  z.literal(STREAM_RESOURCE_TYPE, { error: `must be ${STREAM_RESOURCE_TYPE}` }),
);

/** What tags are put on or taken off: streams by name or ARN. */
const taggedParams = once(() => ({
  ...commonParams(),
  ResourceType: optional(resourceType()),
  ResourceId: list(text(), { min: 1, max: 50 }),
}));

const judged = (refusal: (value: string) => string | undefined) =>
  textOrEmpty().superRefine((value, context) => {
    const message = refusal(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
const tag = once(() =>
  z.object({ Key: text(judged(tagKeyRefusal)), Value: z.optional(judged(tagPartRefusal)) }),
);

/** A key that is there gets the new value. */
export const tagResources = eventbridgeAction({
  ...known,
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on event streams.",
  request: () => z.object({ ...taggedParams(), Tag: list(tag(), { min: 1, max: TAGS_MAX }) }),
  answer: outcome,
});

/** All=true takes every one. */
export const untagResources = eventbridgeAction({
  ...known,
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off event streams.",
  request: () =>
    z.object({
      ...taggedParams(),
      TagKey: optional(list(text(), { max: 20 })),
      All: withDefault(flag(), false),
    }),
  answer: outcome,
});

/** TagResource is there even without tags; NextToken only when more follows. */
export const listTagResources = eventbridgeAction({
  ...known,
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of event streams.",
  request: () =>
    z.object({
      ...commonParams(),
      ResourceType: text(resourceType()),
      ResourceId: optional(list(text(), { max: 50 })),
      Tag: optional(list(tagFilter(), { max: 20 })),
      NextToken: optional(text()),
    }),
  answer: {
    ...outcome,
    NextToken: "string",
    TagResources: {
      TagResource: [{ ResourceId: "string", ResourceType: "string", TagKey: "string", TagValue: "string" }],
    },
  },
});
