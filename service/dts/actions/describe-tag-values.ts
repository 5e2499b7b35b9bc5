import { describeTagValues as published } from "../../../contract/dts/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagNames } from "../tag-names.ts";

export const describeTagValues = defineAction(published, (ctx, input) => {
  const { names, page } = tagNames(ctx, input, (tag) => (tag.key === input.Key ? tag.value : undefined));
  return { ...page, TagValues: names };
});
