import { z } from "zod";
import { once } from "../once.ts";
import { flag, list, optional, text, withDefault } from "../params.ts";
import { onsAction, outcome } from "./actions-of.ts";
import { holdsInstance, instanceParams, newTagsParam, taggedType, wantedTagsParam } from "./params.ts";

/** Tags of instances, topics and groups. */

const resources = once(() => ({
  ...instanceParams(),
  ResourceType: taggedType(),
  ResourceId: list(text(), { min: 1, max: 50 }),
}));

export const tagResources = onsAction({
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on instances, topics or groups.",
  coverage: "whole",
  request: () => z.object({ ...resources(), Tag: newTagsParam() }).superRefine(holdsInstance),
  answer: outcome,
});

export const untagResources = onsAction({
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off instances, topics or groups.",
  coverage: "whole",
  request: () =>
    z
      .object({
        ...resources(),
        TagKey: optional(list(text(), { max: 20 })),
        All: withDefault(flag(), false),
      })
      .superRefine(holdsInstance)
      .refine(({ TagKey, All }) => All || Boolean(TagKey?.length), {
        path: ["TagKey"],
        error: "is required unless All is true",
      }),
  answer: outcome,
});

export const listTagResources = onsAction({
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of instances, topics or groups.",
  coverage: "whole",
  request: () =>
    z.object({
      ...instanceParams(),
      ResourceType: taggedType(),
      ResourceId: optional(list(text(), { max: 50 })),
      Tag: wantedTagsParam(),
      NextToken: optional(text(z.string().regex(/^\d{1,9}$/, { error: "must be one that was given out" }))),
    }),
  answer: {
    ...outcome,
    NextToken: "string",
    TagResources: [
      {
        InstanceId: "string",
        ResourceId: "string",
        ResourceType: "string",
        TagKey: "string",
        TagValue: "string",
      },
    ],
  },
});
