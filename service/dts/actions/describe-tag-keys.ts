/* DescribeTagKeys, version 2020-01-01: the keys of the tags of one instance or of all, each once. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { tagNames, tagNamesParams } from "../tag-names.ts";

export const describeTagKeys = defineAction({
  name: "DescribeTagKeys",
  kind: "read",
  summary: "Lists the keys of tags.",
  request: z.object(tagNamesParams),
  handler(ctx, input) {
    const { names, page } = tagNames(ctx, input, ({ key }) => key);
    return { ...page, TagKeys: names };
  },
});
