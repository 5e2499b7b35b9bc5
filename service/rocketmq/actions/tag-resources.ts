/* TagResources, version 2022-08-01: puts tags on instances; a key that is there gets the new value. Lists as JSON text or repeated parameters. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagInstances } from "../engine/instances.ts";
import { instanceType, tagsParam, words } from "../params.ts";

export const tagResources = defineAction({
  name: "TagResources",
  kind: "write",
  summary: "Puts tags on instances.",

  route: { method: "POST", path: "/resourceTag/create" },
  request: z.object({
    regionId: optional(text()),
    resourceId: words({ min: 1, max: 50 }),
    resourceType: instanceType,
    tag: tagsParam(1),
  }),
  handler(ctx, input) {
    const tags = input.tag.map(({ key, value }) => ({ key, value: value ?? "" }));
    tagInstances(ctx, input.resourceId, tags);
    return { data: true };
  },
});
