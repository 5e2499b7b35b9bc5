import { z } from "zod";
import { oneOf, wrongType } from "./text.ts";

/** `PayType` of CreateDtsInstance; other actions write the words differently, in any case. */
const PAY_TYPES = ["PostPaid", "PrePaid"] as const;
export type PayType = (typeof PAY_TYPES)[number];

/** `UsedTime` that CreateDtsInstance takes, by `Period`. */
const PERIOD_COUNTS = {
  Month: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  Year: [1, 2, 3, 5],
} as const satisfies Record<string, readonly number[]>;

export type PeriodUnit = keyof typeof PERIOD_COUNTS;
export const PERIOD_UNITS = Object.keys(PERIOD_COUNTS) as [PeriodUnit, ...PeriodUnit[]];

export const payType = oneOf(PAY_TYPES);
export const periodUnit = oneOf(PERIOD_UNITS);
export const periodCount = z.number({ error: wrongType("a whole number") });

/** What is wrong with a count for its unit, without its field; undefined when it can be bought. */
export function periodRefusal(unit: PeriodUnit, count: number): string | undefined {
  const counts: readonly number[] = PERIOD_COUNTS[unit];
  return counts.includes(count) ? undefined : `must be one of ${counts.join(", ")} for ${unit}, got ${count}`;
}

/** The published word for one that is written in another case or as `POSTPAY`, `PREPAY`; undefined for others. */
export function payTypeOf(text: string): PayType | undefined {
  const word = text.toLowerCase();
  if (word === "postpaid" || word === "postpay") return "PostPaid";
  return word === "prepaid" || word === "prepay" ? "PrePaid" : undefined;
}
