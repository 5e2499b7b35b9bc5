import { tagResources as published } from "../../../contract/dts/tags.ts";
import { serveAction } from "../../core/kit/action.ts";
import { tagInstances } from "../engine/tags.ts";

export const tagResources = serveAction(published, (ctx, input) => {
  const tags = input.Tag.map((tag) => ({ key: tag.Key, value: tag.Value ?? "" }));
  tagInstances(ctx, input.ResourceId, tags);
  return {};
});
