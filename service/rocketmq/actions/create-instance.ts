/*
 * CreateInstance, version 2022-08-01: buys an instance. One clientToken buys one, however often it is sent.
 * Published texts: https://help.aliyun.com/document_detail/440386.html
 */
import { z } from "zod";
import { oneOf } from "../../../contract/limits/text.ts";
import { defineAction } from "../../core/action.ts";
import { flag, integer, list, optional, text, withDefault } from "../../core/params.ts";
import { createInstance as create } from "../engine/instances.ts";
import { decimal, tagsParam } from "../params.ts";

const internetInfo = z.object({
  internetSpec: text(oneOf(["enable", "disable"])),
  flowOutType: text(oneOf(["payByBandwidth", "payByTraffic", "uninvolved"])),
  flowOutBandwidth: optional(integer({ min: 0, max: 1000 })),
  ipWhitelist: optional(list(z.string())),
});

const vpcInfo = z.object({
  vpcId: text(),
  vSwitchId: optional(text()),
  vSwitches: optional(list(z.object({ vSwitchId: text() }))),
  securityGroupIds: optional(text()),
});

const productInfo = z.object({
  msgProcessSpec: optional(text()),
  sendReceiveRatio: optional(decimal),
  messageRetentionTime: optional(integer({ min: 0 })),
  autoScaling: optional(flag()),
  traceOn: optional(flag()),
  storageEncryption: optional(flag()),
  storageSecretKey: optional(text()),
  capacityType: optional(text()),
  provisionedCapacity: optional(integer({ min: 0 })),
  drReplicationMode: optional(text()),
});

const request = z
  .object({
    clientToken: optional(text(z.string().max(64, { error: "must be at most 64 characters long" }))),
    serviceCode: text(oneOf(["rmq"])),
    seriesCode: text(oneOf(["standard", "ultimate", "professional"])),
    subSeriesCode: text(oneOf(["cluster_ha", "single_node", "serverless"])),
    paymentType: text(oneOf(["PayAsYouGo", "Subscription"])),
    period: optional(integer({ min: 0, max: 9 })),
    periodUnit: withDefault(text(oneOf(["Month", "Year"])), "Month"),
    autoRenew: withDefault(flag(), false),
    autoRenewPeriod: optional(integer({ min: 0, max: 12 })),
    commodityCode: optional(text()),
    instanceName: optional(text()),
    remark: optional(text()),
    resourceGroupId: optional(text()),
    networkInfo: z.object({ vpcInfo, internetInfo }),
    productInfo: optional(productInfo),
    aclInfo: optional(z.object({ defaultVpcAuthFree: optional(flag()) })),
    tags: optional(tagsParam(0)),
  })
  .superRefine((input, context) => {
    if (input.paymentType === "Subscription" && !input.period) {
      context.addIssue({ code: "custom", path: ["period"], message: "is required with Subscription" });
    }
    const { internetInfo: net } = input.networkInfo;
    if (net.flowOutType === "payByBandwidth" && !net.flowOutBandwidth) {
      const path = ["networkInfo", "internetInfo", "flowOutBandwidth"];
      context.addIssue({ code: "custom", path, message: "is required with payByBandwidth" });
    }
  });

export const createInstance = defineAction({
  name: "CreateInstance",
  kind: "write",
  summary: "Buys an instance; a repeated clientToken buys nothing twice.",
  route: { method: "POST", path: "/instances" },
  request,
  handler(ctx, input) {
    const prepaid = input.paymentType === "Subscription";
    const renews = prepaid && input.autoRenew;
    const wish = {
      region: ctx.region,
      name: input.instanceName,
      remark: input.remark ?? "",
      serviceCode: input.serviceCode,
      seriesCode: input.seriesCode,
      subSeriesCode: input.subSeriesCode,
      commodityCode: input.commodityCode,
      paymentType: input.paymentType,
      months: (input.period ?? 1) * (input.periodUnit === "Year" ? 12 : 1),
      renewal: renews
        ? { status: "AutoRenewal" as const, duration: input.autoRenewPeriod || 1, unit: "M" as const }
        : { status: "ManualRenewal" as const },
      resourceGroupId: input.resourceGroupId,
      network: input.networkInfo,
      product: input.productInfo ?? {},
      defaultVpcAuthFree: input.aclInfo?.defaultVpcAuthFree ?? true,
      tags: (input.tags ?? []).map(({ key, value }) => ({ key, value: value ?? "" })),
    };
    return { data: create(ctx, wish, input.clientToken) };
  },
});
