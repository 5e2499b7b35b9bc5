import { addTags as published } from "../../../contract/cms/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagGroups } from "../engine/tags.ts";

export const addTags = defineAction(published, (ctx, input) => {
  tagGroups(ctx, input.GroupIds, input.Tag);
  return {};
});
