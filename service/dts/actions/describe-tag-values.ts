/* DescribeTagValues, version 2020-01-01: the values that a key has on one instance or on all, each once. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
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
