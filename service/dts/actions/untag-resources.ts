import { untagResources as published } from "../../../contract/dts/tags.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { untagInstances } from "../engine/tags.ts";

export const untagResources = defineAction(published, (ctx, input) => {
  const keys = input.TagKey?.length ? input.TagKey : undefined;
  if (!keys && !input.All) {
    throw serviceError(GATEWAY_ERRORS.Missing, {
      parameter: "TagKey",
      detail: "Give TagKey.N or All=true.",
    });
  }
  untagInstances(ctx, input.ResourceId, keys);
  return {};
});
