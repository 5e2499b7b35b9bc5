import { GROUPS_NEED_STATUS } from "../../../../contract/limits/dts.ts";
import type { DtsApi } from "../../api/dts.ts";
import { ProviderError } from "../../host/errors.ts";
import { type ObservedInstance, observeInstance } from "../../observe/instance.ts";
import type { InstanceInputs } from "./inputs.ts";

export interface Convergence {
  readonly instanceId: string;
  readonly jobId: string;
  readonly inputs: InstanceInputs;
  readonly untilMs: number;
  /** The account of the source may differ from what the instance has; a password cannot be read back. */
  readonly isPasswordNew: boolean;
}

/** The instance as it is now. Throws ProviderError `NotFound` when it has been released. */
export async function mustObserve(api: DtsApi, wanted: Convergence): Promise<ObservedInstance> {
  const observed = await observeInstance(api, wanted.instanceId);
  if (observed !== undefined) return observed;
  throw new ProviderError(
    "NotFound",
    `the change tracking instance ${wanted.instanceId} does not exist any more; run \`pulumi refresh\`, ` +
      "then `pulumi up` makes it again",
  );
}

export const RUNNING = GROUPS_NEED_STATUS;
