import { ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import { addPeriod } from "../../core/kit/add-period.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { requestDigest } from "../../core/kit/request-digest.ts";
import { type KeyAndValue, putTagsOnAll } from "../../core/kit/tags.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import type { Instance } from "../entities.ts";
import { rocketmqStore } from "../store.ts";
import { invalidParameter } from "./failures.ts";
import { instanceOf } from "./find.ts";
import { lifecycleOf } from "./lifecycle.ts";

const ID_LENGTH = 11;
const USER_LENGTH = 16;
const PASSWORD_LENGTH = 16;

type Ordered =
  | "region"
  | "remark"
  | "serviceCode"
  | "seriesCode"
  | "subSeriesCode"
  | "paymentType"
  | "renewal"
  | "network"
  | "product";

/** What an order says; what is left out is drawn or set by the rest. */
type InstanceOrder = Pick<Instance, Ordered> &
  Partial<Pick<Instance, "instanceId" | "name" | "commodityCode" | "resourceGroupId">> & {
    /** How long a prepaid instance is paid for. */
    readonly months: number;
    readonly defaultVpcAuthFree: boolean;
    readonly tags: readonly KeyAndValue[];
  };

/** Buys an instance, with the account that its clients use first. One token buys one instance. */
export function createInstance(kernel: Kernel, order: InstanceOrder, token: string | undefined): string {
  const store = rocketmqStore(kernel.store);
  const digest = requestDigest(order);
  const sealedPassword = kernel.vault.seal(kernel.random.id(PASSWORD_LENGTH));
  return kernel.store.transaction(() => {
    const known = token === undefined ? undefined : store.token(token);
    if (known && known.digest !== digest) {
      throw serviceError(ROCKETMQ_ERRORS.TokenMismatch, {
        parameter: "clientToken",
        detail: `It made ${known.instanceId}; give another token for another instance.`,
      });
    }
    if (known) return known.instanceId;
    const instance = newInstance(kernel, order);
    const { instanceId } = instance;
    store.insertInstance(instance);
    store.putAccount({
      instanceId,
      username: kernel.random.id(USER_LENGTH),
      sealedPassword,
      remark: "",
      status: "ENABLE",
      type: "DEFAULT",
    });
    for (const tag of order.tags) store.putTag({ instanceId, ...tag });
    if (token !== undefined) store.keepToken(token, instanceId, digest);
    lifecycleOf(kernel).instance(instanceId);
    return instanceId;
  });
}

function newInstance(kernel: Kernel, order: InstanceOrder): Instance {
  const { months, defaultVpcAuthFree, tags: _, ...ordered } = order;
  const now = kernel.clock.now();
  const instanceId = order.instanceId ?? `rmq-cn-${kernel.random.id(ID_LENGTH)}`;
  const prepaid = order.paymentType === "Subscription";
  return {
    ...ordered,
    instanceId,
    name: order.name ?? instanceId,
    status: "CREATING",
    commodityCode: order.commodityCode ?? (prepaid ? "ons_rmqsub_public_cn" : "ons_rmqpost_public_cn"),
    ...(prepaid ? { expiresAtMs: addPeriod(now, "Month", months) } : {}),
    resourceGroupId: order.resourceGroupId ?? DEFAULT_RESOURCE_GROUP_ID,
    acl: {
      aclTypes: defaultVpcAuthFree ? ["default"] : ["default", "apache_acl"],
      defaultVpcAuthFree,
    },
    maintainTime: "02:00-06:00",
    createdAtMs: now,
    updatedAtMs: now,
  };
}

/** Changes an instance; `passing` puts it into CHANGING for a while, as a change of its settings does. */
export function changeInstance(
  kernel: Kernel,
  instanceId: string,
  change: (instance: Instance) => Partial<Instance>,
  passing: boolean,
): void {
  kernel.store.transaction(() => {
    const instance = instanceOf(kernel, instanceId);
    const busy = passing && instance.status === "RUNNING";
    rocketmqStore(kernel.store).updateInstance({
      ...instance,
      ...change(instance),
      ...(busy ? { status: "CHANGING" } : {}),
      updatedAtMs: kernel.clock.now(),
    });
    if (busy) lifecycleOf(kernel).instance(instanceId);
  });
}

/** Topics and groups go with it. A prepaid instance stays until it expires. */
export function removeInstance(kernel: Kernel, instanceId: string): void {
  kernel.store.transaction(() => {
    const instance = instanceOf(kernel, instanceId);
    if (instance.paymentType === "Subscription") {
      throw serviceError(ROCKETMQ_ERRORS.PaymentTypeNotSupport, {
        parameter: "instanceId",
        detail: `${instanceId} is paid for until it expires.`,
      });
    }
    rocketmqStore(kernel.store).deleteInstance(instanceId);
    tellDependents(kernel);
  });
}

/** Puts every tag on every instance, or none on any. */
export function tagInstances(
  kernel: Kernel,
  instanceIds: readonly string[],
  tags: readonly KeyAndValue[],
): void {
  const store = rocketmqStore(kernel.store);
  const things = instanceIds.map((id) => {
    const { instanceId } = instanceOf(kernel, id);
    return {
      name: instanceId,
      put: (tag: KeyAndValue) => store.putTag({ instanceId, ...tag }),
      tags: () => store.tags(instanceId),
    };
  });
  putTagsOnAll(kernel.store, things, tags, (detail) => invalidParameter("tag", `${detail}.`));
}

/** Takes the keys off every instance; undefined takes all. A key that is not there is no failure. */
export function untagInstances(
  kernel: Kernel,
  instanceIds: readonly string[],
  keys: readonly string[] | undefined,
): void {
  const store = rocketmqStore(kernel.store);
  kernel.store.transaction(() => {
    for (const id of instanceIds) store.deleteTags(instanceOf(kernel, id).instanceId, keys);
  });
}
