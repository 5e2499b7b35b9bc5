import { removeTags as published } from "../../../contract/cms/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { untagGroups } from "../engine/tags.ts";

export const removeTags = defineAction(published, (ctx, input) => ({
  Tag: { Tags: untagGroups(ctx, input.GroupIds, input.Tag) },
}));
