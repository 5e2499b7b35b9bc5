import { TAG_RESOURCE_TYPE } from "../../../contract/dts/params.ts";
import { listTagResources as published } from "../../../contract/dts/tags.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { invalidParameter } from "../engine/failures.ts";
import { dtsStore } from "../store.ts";

const PAGE_SIZE = 50;

export const listTagResources = defineAction(published, (ctx, input) => {
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
  const wanted = input.Tag?.map(({ Key: key, Value: value }) => ({ key, value }));
  const rows = jobs.flatMap(({ instanceId }) => {
    const tags = store.tags(instanceId);
    return hasTags(tags, wanted) ? tags : [];
  });
  const next = from + PAGE_SIZE < rows.length ? { NextToken: String(from + PAGE_SIZE) } : {};
  return {
    ...next,
    TagResources: {
      TagResource: rows.slice(from, from + PAGE_SIZE).map((tag) => ({
        ResourceId: tag.instanceId,
        ResourceType: TAG_RESOURCE_TYPE,
        TagKey: tag.key,
        TagValue: tag.value,
      })),
    },
  };
});
