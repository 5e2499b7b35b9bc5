import { ONS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import type { Instance } from "../entities.ts";
import { onsStore } from "../store.ts";

const ID_LENGTH = 8;

/** The id is drawn when left out. */
type NewInstance = Pick<Instance, "region" | "name" | "remark" | "namespace"> &
  Partial<Pick<Instance, "instanceId">>;

/** Running from the start: an instance of the standard edition has no other state. */
export function makeInstance(kernel: Kernel, wanted: NewInstance): Instance {
  const store = onsStore(kernel.store);
  return kernel.store.transaction(() => {
    refuseTaken(kernel, wanted.region, wanted.name, undefined);
    const now = kernel.clock.now();
    const drawn = `MQ_INST_${kernel.settings.accountId}_${kernel.random.id(ID_LENGTH)}`;
    const instanceId = wanted.instanceId ?? drawn;
    const instance: Instance = { ...wanted, instanceId, createdAtMs: now, updatedAtMs: now };
    store.insertInstance(instance);
    return instance;
  });
}

export function changeInstance(
  kernel: Kernel,
  instance: Instance,
  change: { name?: string | undefined; remark?: string | undefined },
): void {
  kernel.store.transaction(() => {
    if (change.name !== undefined) refuseTaken(kernel, instance.region, change.name, instance.instanceId);
    onsStore(kernel.store).updateInstance({
      ...instance,
      name: change.name ?? instance.name,
      remark: change.remark ?? instance.remark,
      updatedAtMs: kernel.clock.now(),
    });
  });
}

/** Only an empty instance is deleted. */
export function removeInstance(kernel: Kernel, { instanceId }: Instance): void {
  const store = onsStore(kernel.store);
  kernel.store.transaction(() => {
    const topics = store.topics.count(instanceId);
    const groups = store.groups.count(instanceId);
    if (topics + groups > 0) {
      throw serviceError(ONS_ERRORS.InstanceNotEmpty, {
        parameter: "InstanceId",
        detail: `${instanceId} has ${topics} topics and ${groups} groups; delete them first.`,
      });
    }
    store.deleteInstance(instanceId);
    tellDependents(kernel);
  });
}

function refuseTaken(kernel: Kernel, region: string, name: string, except: string | undefined): void {
  const other = onsStore(kernel.store).instanceNamed(region, name);
  if (!other || other.instanceId === except) return;
  throw serviceError(ONS_ERRORS.InstanceNameExisted, {
    parameter: "InstanceName",
    detail: `${other.instanceId} has the name ${JSON.stringify(name)}.`,
  });
}
