import { addTags as published } from "../../../contract/cms/tags.ts";
import { serveAction } from "../../core/kit/action.ts";
import { tagGroups } from "../engine/tags.ts";

export const addTags = serveAction(published, (ctx, input) => {
  tagGroups(ctx, input.GroupIds, input.Tag);
  return {};
});
