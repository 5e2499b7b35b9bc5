import { TAG_RESOURCE_TYPE } from "../../../contract/dts/params.ts";
import { listTagResources as published } from "../../../contract/dts/tags.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagPage } from "../../core/kit/tags.ts";
import { tokenStart } from "../../core/kit/token-page.ts";
import { invalidParameter } from "../engine/failures.ts";
import { dtsStore } from "../store.ts";

export const listTagResources = defineAction(published, (ctx, input) => {
  if (!input.ResourceId?.length && !input.Tag?.length) {
    throw serviceError(GATEWAY_ERRORS.Missing, {
      parameter: "ResourceId",
      detail: "Give ResourceId.N or Tag.N.Key.",
    });
  }
  const from = tokenStart(input.NextToken);
  if (from === undefined) throw invalidParameter("NextToken", "It is none that was given out.");
  const store = dtsStore(ctx.store);
  const jobs = store.jobs().filter((job) => {
    if (input.RegionId !== undefined && job.region !== input.RegionId) return false;
    return !input.ResourceId?.length || input.ResourceId.includes(job.instanceId);
  });
  const tags = jobs.map(({ instanceId }) => store.tags(instanceId));
  const { items, next } = tagPage(tags, input.Tag, from);
  return {
    NextToken: next,
    TagResources: {
      TagResource: items.map((tag) => ({
        ResourceId: tag.instanceId,
        ResourceType: TAG_RESOURCE_TYPE,
        TagKey: tag.key,
        TagValue: tag.value,
      })),
    },
  };
});
