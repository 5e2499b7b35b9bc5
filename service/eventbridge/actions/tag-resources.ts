import { tagResources as published } from "../../../contract/eventbridge/tags.ts";
import { serveAction } from "../../core/kit/action.ts";
import { tagStreams } from "../engine/tags.ts";

export const tagResources = serveAction(published, (ctx, input) => {
  const tags = input.Tag.map((tag) => ({ key: tag.Key, value: tag.Value ?? "" }));
  tagStreams(ctx, input.ResourceId, tags);
  return {};
});
