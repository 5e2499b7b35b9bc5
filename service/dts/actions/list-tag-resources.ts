/*
 * ListTagResources, version 2020-01-01: the tags of instances, or the instances that have tags.
 * TagResources.TagResource is there even without tags; NextToken only when more follows.
 */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { list, optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { invalidParameter } from "../engine/failures.ts";
import { instanceResourceType } from "../engine/tags.ts";
import { dtsStore } from "../store.ts";

const pageSize = 50;
const tagParam = z.object({ Key: text(), Value: z.optional(textOrEmpty()) });

export const listTagResources = defineAction({
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of instances.",
  request: z.object({
    ...commonParams,
    ResourceType: text(z.literal(instanceResourceType, { error: `must be ${instanceResourceType}` })),
    ResourceId: optional(list(text(), { max: 50 })),
    Tag: optional(list(tagParam, { max: 20 })),
    NextToken: optional(text()),
  }),
  handler(ctx, input) {
    if (!input.ResourceId?.length && !input.Tag?.length) {
      throw serviceError(GATEWAY_ERRORS.Missing, {
        parameter: "ResourceId",
        detail: "Give ResourceId.N or Tag.N.Key.",
      });
    }
    const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
    if (!Number.isSafeInteger(from) || from < 0)
      throw invalidParameter("NextToken", "It is none that was given out.");
    const store = dtsStore(ctx.store);
    const jobs = store.jobs().filter((job) => {
      if (input.RegionId !== undefined && job.region !== input.RegionId) return false;
      return !input.ResourceId?.length || input.ResourceId.includes(job.instanceId);
    });
    const rows = jobs.flatMap(({ instanceId }) => {
      const tags = store.tags(instanceId);
      const matches = (input.Tag ?? []).every(({ Key, Value }) =>
        tags.some((tag) => tag.key === Key && (Value === undefined || tag.value === Value)),
      );
      return matches ? tags : [];
    });
    const next = from + pageSize < rows.length ? { NextToken: String(from + pageSize) } : {};
    return {
      ...next,
      TagResources: {
        TagResource: rows.slice(from, from + pageSize).map((tag) => ({
          ResourceId: tag.instanceId,
          ResourceType: instanceResourceType,
          TagKey: tag.key,
          TagValue: tag.value,
        })),
      },
    };
  },
});
