import { iotGroup } from "../../../../schema/consumer-group-iot.ts";
import type { DiffResult, Properties } from "../../../resource.ts";
import { diffInputs } from "../../shared/diff.ts";

/** Replaced within the same instance (by `replaceOnChanges`, say) the old group has to go first: names are unique there. */
export function diffGroup(olds: Properties, news: Properties): DiffResult {
  const found = diffInputs(iotGroup, withList(olds), withList(news));
  return { ...found, deleteBeforeReplace: found.replaces.length === 0 };
}

/** No list and an empty one are the same. */
function withList(inputs: Properties): Properties {
  return { ...inputs, subscriptions: inputs.subscriptions ?? [] };
}
