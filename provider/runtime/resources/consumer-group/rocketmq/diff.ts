import { rocketmqGroup } from "../../../../schema/consumer-group-rocketmq.ts";
import type { DiffResult, Properties } from "../../../resource.ts";
import { diffInputs } from "../../shared/diff.ts";

/**
 * Names are unique in an instance, on 4.x perhaps over all, so the old group always goes first; then a group that
 * must not go stops the replacement before anything is made.
 */
export function diffGroup(olds: Properties, news: Properties): DiffResult {
  return { ...diffInputs(rocketmqGroup, olds, news), deleteBeforeReplace: true };
}
