import { containsUnknown } from "../../../../schema/unknown.ts";
import type { DiffResult, Properties } from "../../../resource.ts";
import { changedKeys, isEqual } from "../../shared/equal.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** A group belongs to one instance for good; everything else can be changed in place. */
const REPLACE_KEYS = ["platform", "iotInstanceId", "region"];

/** Replaced within the same instance (by `replaceOnChanges`, say) the old group has to go first: names are unique there. */
export function diffGroup(olds: Properties, news: Properties): DiffResult {
  const replaces = changedKeys(olds, news, REPLACE_KEYS);
  const others = INPUT_KEYS.filter((key) => key !== "subscriptions");
  const isChanged = changedKeys(olds, news, others).length > 0 || hasOtherSubscriptions(olds, news);
  return { changes: isChanged, replaces, deleteBeforeReplace: replaces.length === 0 };
}

/** No list and an empty one are the same. */
function hasOtherSubscriptions(olds: Properties, news: Properties): boolean {
  return containsUnknown(news.subscriptions) || !isEqual(olds.subscriptions ?? [], news.subscriptions ?? []);
}
