/* AddTags, version 2019-01-01: puts tags on application groups; a key that is there gets the new value. */
import { defineAction } from "../../core/kit/action.ts";
import { tagGroups } from "../engine/tags.ts";
import { addTagsRequest } from "../tag-params.ts";

export const addTags = defineAction({
  name: "AddTags",
  kind: "write",
  summary: "Puts tags on application groups.",
  partial: "application groups are not served: any id is taken. Tags of alert rules are their Labels",
  request: addTagsRequest,
  handler(ctx, input) {
    tagGroups(ctx, input.GroupIds, input.Tag);
    return {};
  },
});
