import type { DtsApi } from "../../api/dts.ts";
import type { Session } from "../../host/session.ts";
import { observeInstance } from "../../observe/instance.ts";
import type { UnfinishedNote } from "../../ownership/unfinished.ts";
import { emptyInstances, type InstanceIds, onlyOne } from "./empty.ts";
import type { InstanceInputs } from "./inputs.ts";

/**
 * The instance that an earlier run of this very resource had bought when it was cut off; undefined when there is
 * none. Where not even the id came back it is the only empty instance that was not there before that order.
 */
export async function findUnfinished(
  session: Session,
  api: DtsApi,
  inputs: InstanceInputs,
  left: UnfinishedNote,
): Promise<InstanceIds | undefined> {
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
