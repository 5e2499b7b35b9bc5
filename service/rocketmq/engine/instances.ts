import { ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import { wishDigest } from "../../core/kit/client-token.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Renewal } from "../../core/kit/ports.ts";
import { type KeyAndValue, putTagsOnAll } from "../../core/kit/tags.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import type { Instance, NetworkInfo, ProductInfo } from "../entities.ts";
import { invalidParameter } from "../params.ts";
import { rocketmqStore } from "../store.ts";
import { instanceOf } from "./find.ts";
import { lifecycleOf } from "./lifecycle.ts";

const idLength = 11;
const userLength = 16;
const passwordLength = 16;

export interface InstanceWish {
  /** Drawn when left out. */
  readonly instanceId?: string | undefined;
  readonly region: string;
  readonly name?: string | undefined;
  readonly remark: string;
  readonly serviceCode: string;
  readonly seriesCode: string;
  readonly subSeriesCode: string;
  readonly commodityCode?: string | undefined;
  readonly paymentType: Instance["paymentType"];
  readonly months: number;
  readonly renewal: Renewal;
  readonly resourceGroupId?: string | undefined;
  readonly network: NetworkInfo;
  readonly product: ProductInfo;
  readonly defaultVpcAuthFree: boolean;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** Buys an instance, with the account that its clients use first. One token buys one instance. */
export function createInstance(kernel: Kernel, wish: InstanceWish, token: string | undefined): string {
  const store = rocketmqStore(kernel.store);
  const digest = wishDigest(wish);
  const sealedPassword = kernel.vault.seal(kernel.random.id(passwordLength));
  return kernel.store.transaction(() => {
    const known = token === undefined ? undefined : store.token(token);
    if (known && known.digest !== digest) {
      throw serviceError(ROCKETMQ_ERRORS.TokenMismatch, {
        parameter: "clientToken",
        detail: `It made ${known.instanceId}; give another token for another instance.`,
      });
    }
    if (known) return known.instanceId;
    const instance = newInstance(kernel, wish);
    const { instanceId } = instance;
    store.insertInstance(instance);
    store.putAccount({
      instanceId,
      username: kernel.random.id(userLength),
      sealedPassword,
      remark: "",
      status: "ENABLE",
      type: "DEFAULT",
    });
    for (const tag of wish.tags) store.putTag({ instanceId, ...tag });
    if (token !== undefined) store.keepToken(token, instanceId, digest);
    lifecycleOf(kernel).instance(instanceId);
    return instanceId;
  });
}

function newInstance(kernel: Kernel, wish: InstanceWish): Instance {
  const now = kernel.clock.now();
  const instanceId = wish.instanceId ?? `rmq-cn-${kernel.random.id(idLength)}`;
  const prepaid = wish.paymentType === "Subscription";
  return {
    instanceId,
    region: wish.region,
    name: wish.name ?? instanceId,
    remark: wish.remark,
    status: "CREATING",
    serviceCode: wish.serviceCode,
    seriesCode: wish.seriesCode,
    subSeriesCode: wish.subSeriesCode,
    commodityCode: wish.commodityCode ?? (prepaid ? "ons_rmqsub_public_cn" : "ons_rmqpost_public_cn"),
    paymentType: wish.paymentType,
    ...(prepaid ? { expiresAtMs: addMonths(now, wish.months) } : {}),
    renewal: wish.renewal,
    resourceGroupId: wish.resourceGroupId ?? DEFAULT_RESOURCE_GROUP_ID,
    network: wish.network,
    product: wish.product,
    acl: {
      aclTypes: wish.defaultVpcAuthFree ? ["default"] : ["default", "apache_acl"],
      defaultVpcAuthFree: wish.defaultVpcAuthFree,
    },
    maintainTime: "02:00-06:00",
    createdAtMs: now,
    updatedAtMs: now,
  };
}

function addMonths(ms: number, months: number): number {
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, lastDay));
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
    for (const instanceId of instanceIds) {
      instanceOf(kernel, instanceId);
      if (!keys) store.deleteTagsOf(instanceId);
      else for (const key of keys) store.deleteTag(instanceId, key);
    }
  });
}
