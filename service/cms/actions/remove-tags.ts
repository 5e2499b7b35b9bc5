/* RemoveTags, version 2019-01-01: takes tags off application groups and names those groups that had one. */
import { defineAction } from "../../core/kit/action.ts";
import { untagGroups } from "../engine/tags.ts";
import { removeTagsRequest } from "../tag-params.ts";

export const removeTags = defineAction({
  name: "RemoveTags",
  kind: "write",
  summary: "Takes tags off application groups.",
  partial: "application groups are not served: any id is taken. Tags of alert rules are their Labels",
  request: removeTagsRequest,
  handler(ctx, input) {
    return { Tag: { Tags: untagGroups(ctx, input.GroupIds, input.Tag) } };
  },
});
