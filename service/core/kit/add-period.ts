import type { PeriodUnit } from "../../../contract/limits/payment.ts";

/** The moment `count` calendar months or years after `fromMs`; a day the month lacks becomes its last. */
export function addPeriod(fromMs: number, unit: PeriodUnit, count: number): number {
  const from = new Date(fromMs);
  const months = from.getUTCFullYear() * 12 + from.getUTCMonth() + (unit === "Year" ? 12 * count : count);
  const year = Math.floor(months / 12);
  const month = months % 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const to = new Date(fromMs);
  to.setUTCFullYear(year, month, Math.min(from.getUTCDate(), lastDay));
  return to.getTime();
}
