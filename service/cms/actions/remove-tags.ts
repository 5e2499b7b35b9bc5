import { removeTags as published } from "../../../contract/cms/tags.ts";
import { serveAction } from "../../core/kit/action.ts";
import { untagGroups } from "../engine/tags.ts";

export const removeTags = serveAction(published, (ctx, input) => ({
  Tag: { Tags: untagGroups(ctx, input.GroupIds, input.Tag) },
}));
