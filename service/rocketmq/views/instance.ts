import { NO_HOST_DOMAIN } from "../../../contract/local.ts";
import type { NetworkInfo } from "../../../contract/rocketmq/order.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { messagingAddress } from "../engine/plane/addresses.ts";
import type { Instance } from "../entities.ts";
import { rocketmqStore } from "../store.ts";
import { timeText } from "./time.ts";

const PORT = 8080;

/** What all answers say of an instance. */
function instanceSummary(kernel: Kernel, instance: Instance) {
  const store = rocketmqStore(kernel.store);
  const { instanceId } = instance;
  return {
    instanceId,
    instanceName: instance.name,
    regionId: instance.region,
    status: instance.status,
    remark: instance.remark,
    serviceCode: instance.serviceCode,
    seriesCode: instance.seriesCode,
    subSeriesCode: instance.subSeriesCode,
    commodityCode: instance.commodityCode,
    paymentType: instance.paymentType,
    resourceGroupId: instance.resourceGroupId,
    userId: kernel.settings.accountId,
    topicCount: store.topics.count(instanceId),
    groupCount: store.groups.count(instanceId),
    tags: store.tags(instanceId).map(({ key, value }) => ({ key, value })),
    createTime: timeText(instance.createdAtMs),
    startTime: timeText(instance.createdAtMs),
    updateTime: timeText(instance.updatedAtMs),
    ...(instance.expiresAtMs === undefined ? {} : { expireTime: timeText(instance.expiresAtMs) }),
  };
}

/** An instance in a list. */
export function listedInstance(kernel: Kernel, instance: Instance) {
  const { capacityType, traceOn } = instance.product;
  return { ...instanceSummary(kernel, instance), productInfo: { capacityType, traceOn } };
}

/** An instance whole, with what was ordered as it was ordered, by the older names too. */
export function instanceDetail(kernel: Kernel, instance: Instance) {
  const [account] = rocketmqStore(kernel.store).accounts(instance.instanceId);
  return {
    ...instanceSummary(kernel, instance),
    accountInfo: { username: account?.username ?? "" },
    aclInfo: {
      aclType: instance.acl.aclTypes[0] ?? "default",
      aclTypes: instance.acl.aclTypes,
      defaultVpcAuthFree: instance.acl.defaultVpcAuthFree,
    },
    extConfig: olderConfiguration(instance),
    instanceQuotas: [
      { quotaName: "TOPIC_COUNT", usedCount: rocketmqStore(kernel.store).topics.count(instance.instanceId) },
    ],
    networkInfo: {
      ...instance.network,
      vpcInfo: { ...instance.network.vpcInfo, ...switches(instance.network.vpcInfo) },
      endpoints: endpoints(kernel, instance),
    },
    productInfo: { ...instance.product, supportAutoScaling: true },
    software: {
      maintainTime: instance.maintainTime,
      softwareVersion: "5.0-rmq-20240101-1",
      upgradeMethod: "auto",
    },
  };
}

/** One vSwitch may be ordered by either name; both are read. */
function switches({ vSwitchId, vSwitches = [] }: NetworkInfo["vpcInfo"]) {
  const all = vSwitches.length > 0 || vSwitchId === undefined ? vSwitches : [{ vSwitchId }];
  return { vSwitchId: vSwitchId ?? all[0]?.vSwitchId, vSwitches: all };
}

/** What productInfo, aclInfo and networkInfo hold, as clients of before read it. */
function olderConfiguration({ acl, network, product }: Instance) {
  const { flowOutBandwidth, flowOutType, internetSpec } = network.internetInfo;
  return {
    aclType: acl.aclTypes[0] ?? "default",
    autoScaling: product.autoScaling,
    flowOutBandwidth,
    flowOutType,
    internetSpec,
    messageRetentionTime: product.messageRetentionTime,
    msgProcessSpec: product.msgProcessSpec,
    sendReceiveRatio: product.sendReceiveRatio,
    supportAutoScaling: true,
  };
}

/** Where clients are listened for here; else in the published form, with a host that never resolves. */
function endpoints(kernel: Kernel, { instanceId, region, network }: Instance) {
  const own = messagingAddress(kernel, instanceId);
  const host = (suffix: string) => own ?? `${instanceId}${suffix}.${region}.rmq.${NO_HOST_DOMAIN}:${PORT}`;
  const inside = { endpointType: "TCP_VPC", endpointUrl: host("-vpc"), ipWhitelist: [] };
  if (network.internetInfo.internetSpec !== "enable") return [inside];
  const outside = {
    endpointType: "TCP_INTERNET",
    endpointUrl: host(""),
    ipWhitelist: network.internetInfo.ipWhitelist ?? [],
  };
  return [inside, outside];
}
