import { z } from "zod";
import { TAGS_MAX, tagKeyRefusal, tagPartRefusal } from "../limits/tags.ts";
import { oneOf } from "../limits/text.ts";
import { once } from "../once.ts";
import { flag, integer, list, optional, text, textOrEmpty, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { commonParams, TAG_RESOURCE_TYPE } from "./params.ts";

/** Tags of instances. */

const CLIENTS = "test/service/dts/clients.test.ts";
const LIFE = "test/service/conformance/support/life.ts";

const resourceType = once(() => z.literal(TAG_RESOURCE_TYPE, { error: `must be ${TAG_RESOURCE_TYPE}` }));
const instanceIds = once(() => list(text(), { min: 1, max: 50 }));
const outcome = { ErrCode: "string", ErrMessage: "string", RequestId: "string", Success: "boolean" } as const;

/** TagResources.TagResource is there even without tags; NextToken only when more follows. */
export const listTagResources = dtsAction({
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of instances.",
  coverage: "whole",
  testedBy: [CLIENTS],
  request: () =>
    z.object({
      ...commonParams(),
      ResourceType: text(resourceType()),
      ResourceId: optional(list(text(), { max: 50 })),
      Tag: optional(list(z.object({ Key: text(), Value: z.optional(textOrEmpty()) }), { max: 20 })),
      NextToken: optional(text()),
    }),
  answer: {
    NextToken: "string",
    TagResources: {
      TagResource: [{ ResourceId: "string", ResourceType: "string", TagKey: "string", TagValue: "string" }],
    },
    ...outcome,
  },
});

const judged = (refusal: (value: string) => string | undefined) =>
  textOrEmpty().superRefine((value, context) => {
    const message = refusal(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

/** A key that is there gets the new value. */
export const tagResources = dtsAction({
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on instances.",
  coverage: "whole",
  testedBy: [CLIENTS],
  request: () =>
    z.object({
      ...commonParams(),
      ResourceType: optional(resourceType()),
      ResourceId: instanceIds(),
      Tag: list(z.object({ Key: text(judged(tagKeyRefusal)), Value: z.optional(judged(tagPartRefusal)) }), {
        min: 1,
        max: TAGS_MAX,
      }),
    }),
  answer: outcome,
});

/** All=true takes every one. */
export const untagResources = dtsAction({
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off instances.",
  coverage: "whole",
  testedBy: [CLIENTS],
  request: () =>
    z.object({
      ...commonParams(),
      ResourceType: optional(resourceType()),
      ResourceId: instanceIds(),
      TagKey: optional(list(text(), { max: 20 })),
      All: withDefault(flag(), false),
    }),
  answer: outcome,
});

const namesParams = once(() => ({
  ...commonParams(),
  ResourceType: optional(resourceType()),
  ResourceId: optional(text()),
  Category: withDefault(text(oneOf(["Custom", "System"])), "Custom"),
  PageNumber: withDefault(integer({ min: 1 }), 1),
  PageSize: withDefault(integer({ min: 1, max: 1000 }), 20),
}));

const namesPage = {
  Category: "string",
  PageNumber: "integer",
  PageSize: "integer",
  RequestId: "string",
  TotalCount: "integer",
} as const;

/** Of one instance or of all, each once. */
export const describeTagKeys = dtsAction({
  name: "DescribeTagKeys",
  kind: "read",
  summary: "Lists the keys of tags.",
  coverage: "whole",
  testedBy: [LIFE],
  request: () => z.object(namesParams()),
  answer: { TagKeys: ["string"], ...namesPage },
});

/** Of one instance or of all, each once. */
export const describeTagValues = dtsAction({
  name: "DescribeTagValues",
  kind: "read",
  summary: "Lists the values of a tag.",
  coverage: "whole",
  testedBy: [LIFE],
  request: () => z.object({ ...namesParams(), Key: text() }),
  answer: { TagValues: ["string"], ...namesPage },
});
