import { z } from "zod";
import { addressBlock } from "../limits/address.ts";
import { holds, needs, type Unmet } from "../limits/condition.ts";
import { shown } from "../limits/message.ts";
import { oneOf, refuse } from "../limits/text.ts";
import { clientToken } from "../limits/token.ts";
import { once } from "../once.ts";
import { flag, integer, list, optional, text, withDefault } from "../params.ts";
import { numeric, tagsParam } from "./params.ts";

/*
 * What CreateInstance says of its parameters. 0 stands for "not given" where tools send it so.
 */

const FLOW_OUT_BANDWIDTH_MAX = 1000;
/** Share of sending in all messages: of a new instance, and of one that is changed. */
export const SEND_RECEIVE_RATIO = { create: { min: 0, max: 1 }, update: { min: 0.25, max: 1 } } as const;

const PERIODS_MAX = { Month: 6, Year: 3 } as const;
const RENEWAL_MONTHS: readonly number[] = [1, 2, 3, 6, 12];

/** How an instance is sold, by the middle of its commodity code. */
const COMMODITIES = {
  rmqpost: { of: "paymentType", is: "PayAsYouGo" },
  rmqsub: { of: "paymentType", is: "Subscription" },
  rmqsrvlesspost: { of: "subSeriesCode", is: "serverless" },
} as const;
const COMMODITY_FORM = /^ons_(rmqpost|rmqsub|rmqsrvlesspost)_public_(cn|intl)$/;

const commodityCode = once(() =>
  z.string().superRefine((value, ctx) => {
    if (COMMODITY_FORM.test(value)) return;
    const names = Object.keys(COMMODITIES).join(", ");
    refuse(
      ctx,
      `must be ons_KIND_public_cn or ons_KIND_public_intl of the kinds ${names}, got ${shown(value)}`,
    );
  }),
);

export function ratio({ min, max }: { readonly min: number; readonly max: number }) {
  return z.number().superRefine((value, ctx) => {
    if (value < min || value > max) refuse(ctx, `must be a number from ${min} to ${max}, got ${value}`);
  });
}

const networkInfo = () =>
  z.object({
    vpcInfo: z.object({
      vpcId: text(),
      vSwitchId: optional(text()),
      vSwitches: optional(list(z.object({ vSwitchId: text() }))),
      securityGroupIds: optional(text()),
    }),
    internetInfo: z.object({
      internetSpec: text(oneOf(["enable", "disable"])),
      flowOutType: text(oneOf(["payByBandwidth", "payByTraffic", "uninvolved"])),
      flowOutBandwidth: optional(integer({ min: 0, max: FLOW_OUT_BANDWIDTH_MAX })),
      ipWhitelist: optional(list(addressBlock)),
    }),
  });

const productInfo = () =>
  z.object({
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
export type NetworkInfo = z.output<ReturnType<typeof networkInfo>>;
export type ProductInfo = z.output<ReturnType<typeof productInfo>>;

const orderParams = () =>
  z.object({
    clientToken: optional(text(clientToken)),
    serviceCode: text(oneOf(["rmq"])),
    seriesCode: text(oneOf(["standard", "ultimate", "professional"])),
    subSeriesCode: text(oneOf(["cluster_ha", "single_node", "serverless"])),
    paymentType: text(oneOf(["PayAsYouGo", "Subscription"])),
    period: optional(integer({ min: 0 })),
    periodUnit: withDefault(text(oneOf(["Month", "Year"])), "Month"),
    autoRenew: withDefault(flag(), false),
    autoRenewPeriod: optional(integer({ min: 0, max: 12 })),
    commodityCode: optional(text(commodityCode())),
    instanceName: optional(text()),
    remark: optional(text()),
    resourceGroupId: optional(text()),
    networkInfo: networkInfo(),
    productInfo: optional(productInfo()),
    aclInfo: optional(z.object({ defaultVpcAuthFree: optional(flag()) })),
    tags: optional(tagsParam(0)),
  });

type Order = z.output<ReturnType<typeof orderParams>>;

/** The conditions between the parameters of an order. */
const holdsOrder = holds<Order>((order) => [
  series(order),
  ...commodity(order),
  ...term(order),
  vSwitch(order),
  ...internet(order),
]);

function series(order: Order): Unmet | undefined {
  if (order.seriesCode !== "ultimate" || order.subSeriesCode === "cluster_ha") return undefined;
  const text = `must be cluster_ha with seriesCode ultimate, got ${order.subSeriesCode}`;
  return { at: ["subSeriesCode"], text };
}

function commodity(order: Order): (Unmet | undefined)[] {
  const at = ["commodityCode"];
  const code = order.commodityCode;
  const kind = code === undefined ? undefined : (COMMODITY_FORM.exec(code)?.[1] as keyof typeof COMMODITIES);
  if (kind === undefined) {
    return [needs(order.subSeriesCode === "serverless", code, at, "with subSeriesCode serverless")];
  }
  const { of, is } = COMMODITIES[kind];
  if (order[of] === is) return [];
  return [{ at, text: `must be that of an instance with ${of} ${order[of]}, got ${code}` }];
}

function term(order: Order): (Unmet | undefined)[] {
  if (order.paymentType !== "Subscription") return [];
  const { period, periodUnit: unit, autoRenewPeriod: months } = order;
  const max = PERIODS_MAX[unit];
  const isLong = period !== undefined && (period < 0 || period > max);
  return [
    needs(true, period || undefined, ["period"], "with paymentType Subscription"),
    isLong ? { at: ["period"], text: `must be 1 to ${max} for ${unit}, got ${period}` } : undefined,
    order.autoRenew && months && !RENEWAL_MONTHS.includes(months)
      ? { at: ["autoRenewPeriod"], text: `must be one of ${RENEWAL_MONTHS.join(", ")} months, got ${months}` }
      : undefined,
  ];
}

/** The list is published as required; the older single id does as well. */
function vSwitch({ networkInfo: { vpcInfo } }: Order): Unmet | undefined {
  const isGiven = (vpcInfo.vSwitches?.length ?? 0) > 0 || vpcInfo.vSwitchId !== undefined;
  return isGiven
    ? undefined
    : { at: ["networkInfo", "vpcInfo", "vSwitches"], text: "must name at least one vSwitch" };
}

function internet({ networkInfo: { internetInfo: net } }: Order): (Unmet | undefined)[] {
  const at = (name: string) => ["networkInfo", "internetInfo", name];
  const isMetered = net.flowOutType !== "uninvolved";
  return [
    isMetered === (net.internetSpec === "enable")
      ? undefined
      : {
          at: at("flowOutType"),
          text: isMetered
            ? `must be uninvolved with internetSpec disable, got ${net.flowOutType}`
            : "must be payByBandwidth or payByTraffic with internetSpec enable, got uninvolved",
        },
    needs(
      net.flowOutType === "payByBandwidth",
      net.flowOutBandwidth || undefined,
      at("flowOutBandwidth"),
      "with payByBandwidth",
    ),
  ];
}

/** The parameters of CreateInstance. */
export const orderRequest = () => orderParams().superRefine(holdsOrder);
