import { z } from "zod";
import { commonParams } from "../../contract/dts/params.ts";
import { isKeptTag } from "../../contract/limits/tags.ts";
import { oneOf } from "../../contract/limits/text.ts";
import { integer, optional, text, withDefault } from "../../contract/params.ts";
import type { CallContext } from "../core/kit/action.ts";
import { instanceResourceType } from "./engine/tags.ts";
import type { Tag } from "./entities.ts";
import { dtsStore } from "./store.ts";

/** What DescribeTagKeys and DescribeTagValues share. */
export const tagNamesParams = {
  ...commonParams,
  ResourceType: optional(z.literal(instanceResourceType, { error: `must be ${instanceResourceType}` })),
  ResourceId: optional(text()),
  Category: withDefault(text(oneOf(["Custom", "System"])), "Custom"),
  PageNumber: withDefault(integer({ min: 1 }), 1),
  PageSize: withDefault(integer({ min: 1, max: 1000 }), 20),
};

interface TagNamesInput {
  readonly RegionId?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly Category: "Custom" | "System";
  readonly PageNumber: number;
  readonly PageSize: number;
}

/** One page of what `nameOf` gives of the tags, each once, sorted. */
export function tagNames(ctx: CallContext, input: TagNamesInput, nameOf: (tag: Tag) => string | undefined) {
  const store = dtsStore(ctx.store);
  const all = store
    .jobs()
    .filter(
      ({ region, instanceId }) =>
        (input.RegionId ?? region) === region && (input.ResourceId ?? instanceId) === instanceId,
    )
    .flatMap(({ instanceId }) => store.tags(instanceId))
    .filter(({ key }) => isKeptTag(key) === (input.Category === "System"))
    .flatMap((tag) => nameOf(tag) ?? []);
  const names = [...new Set(all)].sort();
  const from = (input.PageNumber - 1) * input.PageSize;
  return {
    names: names.slice(from, from + input.PageSize),
    page: {
      Category: input.Category,
      PageNumber: input.PageNumber,
      PageSize: input.PageSize,
      TotalCount: names.length,
    },
  };
}
