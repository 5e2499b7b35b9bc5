import { order } from "../../rocketmq/support/service.ts";
import type { Condition, Params } from "./conditions.ts";

const internet = (internetSpec: string, flowOutType: string, more: object = {}) => ({
  networkInfo: { ...order.networkInfo, internetInfo: { internetSpec, flowOutType, ...more } },
});
const vpc = (vpcInfo: object) => ({ networkInfo: { ...order.networkInfo, vpcInfo } });
const prepaid = { paymentType: "Subscription", period: 1 };

const buy = (refused: Params, code: string, accepted: Params = {}): Condition => ({
  action: "CreateInstance",
  method: "POST",
  path: "/instances",
  base: order,
  refused,
  code,
  accepted,
});

/** What the pages of RocketMQ 5.x say; `id` is an instance that runs and has the topic and account named here. */
export function rocketmqConditions(id: string): readonly Condition[] {
  const acl = (refused: Params, code: string, accepted: Params): Condition => ({
    action: "CreateInstanceAcl",
    method: "POST",
    path: `/instances/${id}/acl/account/somebody`,
    base: { resourceType: "Topic", resourceName: "orders", actions: ["Pub"], decision: "Allow" },
    refused,
    code,
    accepted: { resourceName: `t-${JSON.stringify([refused, accepted])}`, ...accepted },
  });
  const update = (refused: Params, code: string, accepted: Params): Condition => ({
    action: "UpdateInstance",
    method: "PATCH",
    path: `/instances/${id}`,
    base: {},
    refused,
    code,
    accepted,
  });
  const whitelist = (refused: string, accepted: string): Condition => ({
    action: "CreateInstanceIpWhitelist",
    method: "POST",
    path: `/instances/${id}/ip/whitelist`,
    base: {},
    refused: { ipWhitelists: [refused] },
    code: "InvalidIpWhitelists",
    accepted: { ipWhitelists: [accepted] },
  });
  return [
    buy({ seriesCode: "ultimate", subSeriesCode: "single_node" }, "InvalidSubSeriesCode", {
      seriesCode: "ultimate",
    }),
    buy({ seriesCode: "gold" }, "InvalidSeriesCode", { seriesCode: "professional" }),
    buy({ subSeriesCode: "cluster" }, "InvalidSubSeriesCode", { subSeriesCode: "single_node" }),
    buy({ subSeriesCode: "serverless" }, "MissingCommodityCode", {
      subSeriesCode: "serverless",
      commodityCode: "ons_rmqsrvlesspost_public_cn",
    }),
    buy({ commodityCode: "ons_something" }, "InvalidCommodityCode", {
      commodityCode: "ons_rmqpost_public_intl",
    }),
    buy({ commodityCode: "ons_rmqsub_public_cn" }, "InvalidCommodityCode", {
      commodityCode: "ons_rmqsub_public_cn",
      ...prepaid,
    }),
    buy(vpc({ vpcId: "vpc-1" }), "MissingVSwitches", vpc({ vpcId: "vpc-1", vSwitchId: "vsw-1" })),
    buy(vpc({ vpcId: "vpc-1", vSwitches: [] }), "InvalidVSwitches"),
    buy(vpc({ vSwitches: [{ vSwitchId: "vsw-1" }] }), "MissingVpcId"),
    buy(internet("wlan", "uninvolved"), "InvalidInternetSpec", internet("disable", "uninvolved")),
    buy(internet("disable", "payByTraffic"), "InvalidFlowOutType", internet("enable", "payByTraffic")),
    buy(internet("enable", "uninvolved"), "InvalidFlowOutType"),
    buy(
      internet("enable", "payByBandwidth"),
      "MissingFlowOutBandwidth",
      internet("enable", "payByBandwidth", { flowOutBandwidth: 1000 }),
    ),
    buy(internet("enable", "payByBandwidth", { flowOutBandwidth: 1001 }), "InvalidFlowOutBandwidth"),
    buy({ paymentType: "Subscription" }, "MissingPeriod", prepaid),
    buy({ ...prepaid, period: 7 }, "InvalidPeriod", { ...prepaid, period: 6 }),
    buy({ ...prepaid, period: 4, periodUnit: "Year" }, "InvalidPeriod", {
      ...prepaid,
      period: 3,
      periodUnit: "Year",
    }),
    buy({ ...prepaid, autoRenew: true, autoRenewPeriod: 4 }, "InvalidAutoRenewPeriod", {
      ...prepaid,
      autoRenew: true,
      autoRenewPeriod: 6,
    }),
    buy({ productInfo: { sendReceiveRatio: 1.1 } }, "InvalidSendReceiveRatio", {
      productInfo: { sendReceiveRatio: 1 },
    }),
    buy({ clientToken: "ü" }, "InvalidClientToken", { clientToken: "u" }),
    update({ productInfo: { sendReceiveRatio: 0.2 } }, "InvalidSendReceiveRatio", {
      productInfo: { sendReceiveRatio: 0.25 },
    }),
    update({ networkInfo: { internetInfo: { ipWhitelist: ["10.0.0.0/33"] } } }, "InvalidIpWhitelist", {
      networkInfo: { internetInfo: { ipWhitelist: ["10.0.0.0/32"] } },
    }),
    acl({ resourceType: "Instance" }, "InvalidResourceType", { resourceType: "Topic" }),
    acl({ actions: ["Read"] }, "InvalidActions", { actions: ["Pub|Sub"] }),
    acl({ resourceType: "Group", actions: ["Pub"] }, "InvalidActions", {
      resourceType: "Group",
      actions: ["Sub"],
    }),
    acl({ decision: "Perhaps" }, "InvalidDecision", { decision: "Deny" }),
    acl({ ipWhitelists: ["everybody"] }, "InvalidIpWhitelists", { ipWhitelists: ["2001:db8::/48"] }),
    whitelist("10.0.0.256", "10.0.0.255"),
    whitelist("2001:db8::/129", "2001:db8::/128"),
    whitelist("localhost", "0.0.0.0/0"),
  ];
}
