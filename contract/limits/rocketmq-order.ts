import { z } from "zod";
import { holds, needs, type Unmet } from "./condition.ts";
import { shown } from "./message.ts";
import { oneOf, refuse } from "./text.ts";

/*
 * What CreateInstance of RocketMQ 5.x says of its parameters. 0 stands for "not given" where tools send it so.
 */

export const seriesCode = oneOf(["standard", "ultimate", "professional"]);
export const subSeriesCode = oneOf(["cluster_ha", "single_node", "serverless"]);
export const queuePaymentType = oneOf(["PayAsYouGo", "Subscription"]);
export const internetSpec = oneOf(["enable", "disable"]);
export const flowOutType = oneOf(["payByBandwidth", "payByTraffic", "uninvolved"]);
export const FLOW_OUT_BANDWIDTH_MAX = 1000;
/** Share of sending in all messages: of a new instance, and of one that is changed. */
export const SEND_RECEIVE_RATIO = { create: { min: 0, max: 1 }, update: { min: 0.25, max: 1 } } as const;

export const orderPeriodUnit = oneOf(["Month", "Year"]);
const PERIODS_MAX = { Month: 6, Year: 3 } as const;
const RENEWAL_MONTHS: readonly number[] = [1, 2, 3, 6, 12];

/** How an instance is sold, by the middle of its commodity code. */
const COMMODITIES = {
  rmqpost: { of: "paymentType", is: "PayAsYouGo" },
  rmqsub: { of: "paymentType", is: "Subscription" },
  rmqsrvlesspost: { of: "subSeriesCode", is: "serverless" },
} as const;
const COMMODITY_FORM = /^ons_(rmqpost|rmqsub|rmqsrvlesspost)_public_(cn|intl)$/;

export const commodityCode = z.string().superRefine((value, ctx) => {
  if (COMMODITY_FORM.test(value)) return;
  const names = Object.keys(COMMODITIES).join(", ");
  refuse(
    ctx,
    `must be ons_KIND_public_cn or ons_KIND_public_intl of the kinds ${names}, got ${shown(value)}`,
  );
});

export function ratio({ min, max }: { readonly min: number; readonly max: number }) {
  return z.number().superRefine((value, ctx) => {
    if (value < min || value > max) refuse(ctx, `must be a number from ${min} to ${max}, got ${value}`);
  });
}

export interface InstanceOrder {
  readonly seriesCode: string;
  readonly subSeriesCode: string;
  readonly paymentType: string;
  readonly period?: number | undefined;
  readonly periodUnit: keyof typeof PERIODS_MAX;
  readonly autoRenew: boolean;
  readonly autoRenewPeriod?: number | undefined;
  readonly commodityCode?: string | undefined;
  readonly networkInfo: {
    readonly vpcInfo: {
      readonly vSwitchId?: string | undefined;
      readonly vSwitches?: readonly unknown[] | undefined;
    };
    readonly internetInfo: {
      readonly internetSpec: string;
      readonly flowOutType: string;
      readonly flowOutBandwidth?: number | undefined;
    };
  };
}

/** The conditions between the parameters of an order. */
export const holdsOrder = holds<InstanceOrder>((order) => [
  series(order),
  ...commodity(order),
  ...term(order),
  vSwitch(order),
  ...internet(order),
]);

function series(order: InstanceOrder): Unmet | undefined {
  if (order.seriesCode !== "ultimate" || order.subSeriesCode === "cluster_ha") return undefined;
  const text = `must be cluster_ha with seriesCode ultimate, got ${order.subSeriesCode}`;
  return { at: ["subSeriesCode"], text };
}

function commodity(order: InstanceOrder): (Unmet | undefined)[] {
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

function term(order: InstanceOrder): (Unmet | undefined)[] {
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
function vSwitch({ networkInfo: { vpcInfo } }: InstanceOrder): Unmet | undefined {
  const isGiven = (vpcInfo.vSwitches?.length ?? 0) > 0 || vpcInfo.vSwitchId !== undefined;
  return isGiven
    ? undefined
    : { at: ["networkInfo", "vpcInfo", "vSwitches"], text: "must name at least one vSwitch" };
}

function internet({ networkInfo: { internetInfo: net } }: InstanceOrder): (Unmet | undefined)[] {
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
