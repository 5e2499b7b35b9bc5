import { z } from "zod";
import { once } from "../once.ts";
import { flag, optional, text } from "../params.ts";
import { done, outcome, rocketmqAction } from "./actions-of.ts";
import { instanceType, tagsParam, words } from "./params.ts";

/** Tags of instances. Lists come as JSON text or as repeated parameters. */

const resources = once(() => ({
  regionId: optional(text()),
  resourceId: words({ min: 1, max: 50 }),
  resourceType: instanceType(),
}));

/** A key that is there gets the new value. */
export const tagResources = rocketmqAction({
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on instances.",
  coverage: "whole",
  route: { method: "POST", path: "/resourceTag/create" },
  request: () => z.object({ ...resources(), tag: tagsParam(1) }),
  answer: done,
});

/** Keys that are named count before `all`, as published for the tag actions. */
export const untagResources = rocketmqAction({
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off instances.",
  coverage: "whole",
  route: { method: "DELETE", path: "/resourceTag/delete" },
  request: () => z.object({ ...resources(), tagKey: optional(words({ max: 20 })), all: optional(flag()) }),
  answer: done,
});

/** `nextToken` only when more follows. */
export const listTagResources = rocketmqAction({
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of instances, or the instances that have tags.",
  coverage: "whole",
  route: { method: "GET", path: "/resourceTag/list" },
  request: () =>
    z.object({
      regionId: optional(text()),
      resourceGroupId: optional(text()),
      resourceId: optional(words({ max: 50 })),
      resourceType: instanceType(),
      tag: optional(tagsParam(0)),
      nextToken: optional(text(z.string().regex(/^\d{1,9}$/, { error: "must be one that was given out" }))),
    }),
  answer: {
    ...outcome,
    data: {
      nextToken: "string",
      requestId: "string",
      tagResources: [
        {
          aliUid: "integer",
          category: "string",
          resourceId: "string",
          resourceType: "string",
          scope: "string",
          tagKey: "string",
          tagValue: "string",
        },
      ],
    },
  },
});
