import { describeTagKeys as published } from "../../../contract/dts/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagNames } from "../tag-names.ts";

export const describeTagKeys = defineAction(published, (ctx, input) => {
  const { names, page } = tagNames(ctx, input, ({ key }) => key);
  return { ...page, TagKeys: names };
});
