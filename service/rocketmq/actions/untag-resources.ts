/* UntagResources, version 2022-08-01: takes tags off instances. */
import { z } from "zod";
import { ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { flag, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { untagInstances } from "../engine/instances.ts";
import { instanceType, words } from "../params.ts";

export const untagResources = defineAction({
  name: "UntagResources",
  kind: "write",
  summary: "Takes tags off instances.",

  route: { method: "DELETE", path: "/resourceTag/delete" },
  request: z.object({
    regionId: optional(text()),
    resourceId: words({ min: 1, max: 50 }),
    resourceType: instanceType,
    tagKey: optional(words({ max: 20 })),
    all: optional(flag()),
  }),
  handler(ctx, input) {
    // Keys that are named count before `all`, as published for the tag actions.
    if (!input.tagKey?.length && input.all !== true) {
      throw serviceError(ROCKETMQ_ERRORS.MissingParameter, { parameter: "tagKey", dynamicMessage: "tagKey" });
    }
    untagInstances(ctx, input.resourceId, input.tagKey?.length ? input.tagKey : undefined);
    return { data: true };
  },
});
