import { describeTagKeys as published } from "../../../contract/dts/tags.ts";
import { serveAction } from "../../core/kit/action.ts";
import { tagNames } from "../tag-names.ts";

export const describeTagKeys = serveAction(published, (ctx, input) => {
  const { names, page } = tagNames(ctx, input, ({ key }) => key);
  return { ...page, TagKeys: names };
});
