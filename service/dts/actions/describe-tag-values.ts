/* DescribeTagValues, version 2020-01-01: the values that a key has on one instance or on all, each once. */
import { z } from "zod";
import { defineAction } from "../../core/action.ts";
import { text } from "../../core/params.ts";
import { tagNames, tagNamesParams } from "../tag-names.ts";

export const describeTagValues = defineAction({
  name: "DescribeTagValues",
  kind: "read",
  summary: "Lists the values of a tag.",
  request: z.object({ ...tagNamesParams, Key: text() }),
  handler(ctx, input) {
    const { names, page } = tagNames(ctx, input, (tag) => (tag.key === input.Key ? tag.value : undefined));
    return { ...page, TagValues: names };
  },
});
