import { z } from "zod";
import { addressBlock } from "../limits/address.ts";
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
} from "../limits/rocketmq-order.ts";
import { oneOf } from "../limits/text.ts";
import { clientToken } from "../limits/token.ts";
import { flag, integer, list, optional, text, withDefault } from "../params.ts";
import { numeric, tagsParam } from "./params.ts";

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

const networkInfo = z.object({ vpcInfo, internetInfo });

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

/** What was ordered and is read back as it is. */
export type NetworkInfo = z.output<typeof networkInfo>;
export type ProductInfo = z.output<typeof productInfo>;

/** The parameters of CreateInstance. */
export const orderRequest = z
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
    networkInfo,
    productInfo: optional(productInfo),
    aclInfo: optional(z.object({ defaultVpcAuthFree: optional(flag()) })),
    tags: optional(tagsParam(0)),
  })
  .superRefine(holdsOrder);
