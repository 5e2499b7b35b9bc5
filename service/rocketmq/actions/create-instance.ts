/*
 * CreateInstance, version 2022-08-01: buys an instance. One clientToken buys one, however often it is sent.
 * Published texts: https://help.aliyun.com/document_detail/440386.html
 */
import { z } from "zod";
import { addressBlock } from "../../../contract/limits/address.ts";
import {
  commodityCode,
  FLOW_OUT_BANDWIDTH_MAX,
  flowOutType,
  holdsOrder,
  internetSpec,
  orderPeriodUnit,
  queuePaymentType,
  ratio,
  SEND_RECEIVE_RATIO,
  seriesCode,
  subSeriesCode,
} from "../../../contract/limits/rocketmq-order.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { clientToken } from "../../../contract/limits/token.ts";
import { flag, integer, list, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createInstance as create } from "../engine/instances.ts";
import { numeric, tagsParam } from "../params.ts";

const internetInfo = z.object({
  internetSpec: text(internetSpec),
  flowOutType: text(flowOutType),
  flowOutBandwidth: optional(integer({ min: 0, max: FLOW_OUT_BANDWIDTH_MAX })),
  ipWhitelist: optional(list(addressBlock)),
});

const vpcInfo = z.object({
  vpcId: text(),
  vSwitchId: optional(text()),
  vSwitches: optional(list(z.object({ vSwitchId: text() }))),
  securityGroupIds: optional(text()),
});

const productInfo = z.object({
  msgProcessSpec: optional(text()),
  sendReceiveRatio: optional(numeric(ratio(SEND_RECEIVE_RATIO.create))),
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
    clientToken: optional(text(clientToken)),
    serviceCode: text(oneOf(["rmq"])),
    seriesCode: text(seriesCode),
    subSeriesCode: text(subSeriesCode),
    paymentType: text(queuePaymentType),
    period: optional(integer({ min: 0 })),
    periodUnit: withDefault(text(orderPeriodUnit), "Month"),
    autoRenew: withDefault(flag(), false),
    autoRenewPeriod: optional(integer({ min: 0, max: 12 })),
    commodityCode: optional(text(commodityCode)),
    instanceName: optional(text()),
    remark: optional(text()),
    resourceGroupId: optional(text()),
    networkInfo: z.object({ vpcInfo, internetInfo }),
    productInfo: optional(productInfo),
    aclInfo: optional(z.object({ defaultVpcAuthFree: optional(flag()) })),
    tags: optional(tagsParam(0)),
  })
  .superRefine(holdsOrder);

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
