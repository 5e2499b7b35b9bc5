import type { DtsApi } from "../../api/dts.ts";
import type { Session } from "../../host/session.ts";
import { observeInstance } from "../../observe/instance.ts";
import type { CreateKey } from "../../ownership/unfinished.ts";
import { emptyInstances, type InstanceIds, onlyOne } from "./empty.ts";
import { type InstanceInputs, KIND } from "./inputs.ts";

/** Under which an order of this instance is remembered beyond the run. */
export function createKey(session: Session, inputs: InstanceInputs): CreateKey {
  return {
    urn: session.memory.urnOf(KIND, inputs),
    address: session.settings.endpointOf("dts", inputs.region).address,
    region: inputs.region,
    within: inputs.source.engine,
  };
}

/**
 * The instance that an earlier run of this very resource had bought when it was cut off; undefined when there is
 * none. Where not even the id came back it is the only empty instance that was not there before that order.
 */
export async function findLeftBehind(
  session: Session,
  api: DtsApi,
  inputs: InstanceInputs,
): Promise<InstanceIds | undefined> {
  const left = session.unfinished.find(createKey(session, inputs));
  if (left === undefined) return undefined;
  if (left.id !== undefined) {
    const observed = await observeInstance(api, left.id);
    return observed && { instanceId: observed.instanceId, jobId: observed.jobId };
  }
  const before = left.facts.before ?? [];
  const found = (await emptyInstances(api, inputs)).filter(({ DtsInstanceID: id = "" }) => {
    // What this run has just bought for another resource is not it.
    return !before.includes(id) && !session.memory.isHeld(id);
  });
  return onlyOne(found, "an earlier run was cut off while it ordered an instance");
}
