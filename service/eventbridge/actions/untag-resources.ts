import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { untagResources as published } from "../../../contract/eventbridge/tags.ts";
import { serveAction } from "../../core/kit/action.ts";
import { untagStreams } from "../engine/tags.ts";

export const untagResources = serveAction(published, (ctx, input) => {
  const keys = input.TagKey?.length ? input.TagKey : undefined;
  if (!keys && !input.All) {
    throw serviceError(GATEWAY_ERRORS.Missing, {
      parameter: "TagKey",
      detail: "Give TagKey.N or All=true.",
    });
  }
  untagStreams(ctx, input.ResourceId, keys);
  return {};
});
