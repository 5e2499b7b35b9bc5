import { changeTrackingGroup } from "../../../../schema/consumer-group.ts";
import type { DiffResult, Properties } from "../../../resource.ts";
import { diffInputs } from "../../shared/diff.ts";

/**
 * Replaced within the same instance (by `replaceOnChanges`, say) the old group has to go first, because names
 * are unique there and the instance may be full.
 */
export function diffGroup(olds: Properties, news: Properties): DiffResult {
  const found = diffInputs(changeTrackingGroup, olds, news);
  return { ...found, deleteBeforeReplace: !found.replaces.includes("instance") };
}
