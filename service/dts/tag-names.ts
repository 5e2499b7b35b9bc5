import type { InputOf } from "../../contract/action.ts";
import type { describeTagKeys } from "../../contract/dts/tags.ts";
import { isKeptTag } from "../../contract/limits/tags.ts";
import type { CallContext } from "../core/kit/action.ts";
import type { KeyAndValue } from "../core/kit/tags.ts";
import { dtsStore } from "./store.ts";

/** One page of what `nameOf` gives of the tags, each once, sorted. */
export function tagNames(
  ctx: CallContext,
  input: InputOf<typeof describeTagKeys>,
  nameOf: (tag: KeyAndValue) => string | undefined,
) {
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
