import { z } from "zod";
import { needs, type Unmet } from "./condition.ts";
import { shown } from "./message.ts";
import { boundedInteger, oneOf, refuse, stringOf, wrongType } from "./text.ts";

/* What the actions on tracking tasks say of their parameters and of how those belong together. */

/**
 * Network type of a tracking task, in any case. The page knows `vpc` only; `classic` is what the most used client
 * sends for an instance without a VPC.
 */
export const trackingNetworkType = anyCase(["vpc", "classic"]);

/** VPC and vSwitch belong to the network type vpc; `names` are those of the action. */
export function networkConditions(
  type: string,
  network: { readonly vpcId: string; readonly vSwitchId: string },
  names: { readonly vpcId: Unmet["at"]; readonly vSwitchId: Unmet["at"] },
): (Unmet | undefined)[] {
  const isVpc = type.toLowerCase() === "vpc";
  return [
    needs(isVpc, network.vpcId, names.vpcId, "with the network type vpc"),
    needs(isVpc, network.vSwitchId, names.vSwitchId, "with the network type vpc"),
  ];
}

const PHONES_MAX = 10;

/** Numbers joined by commas. */
export const phoneNumbers = stringOf("a string").superRefine((value, ctx) => {
  const count = value.split(",").filter((one) => one.trim() !== "").length;
  if (count > PHONES_MAX) refuse(ctx, `must hold at most ${PHONES_MAX} numbers, got ${count}`);
});

/** What a task can be watched by; the first two come along with a configuration. */
export const monitorType = oneOf(["delay", "error", "full_timeout"]);

/** Why a rule cannot be kept; undefined when it can. */
export function thresholdCondition(rule: {
  readonly type: string;
  readonly state: string;
  readonly threshold: number | undefined;
}): Unmet | undefined {
  const isNeeded = rule.type !== "error" && rule.state === "Y";
  return needs(isNeeded, rule.threshold, ["DelayRuleTime"], `with Type ${rule.type} and State Y`);
}

const STATISTIC_MINUTES: readonly number[] = [1, 3, 5, 30];
export const statisticMinutes = z.number({ error: wrongType("a whole number") }).superRefine((value, ctx) => {
  if (!STATISTIC_MINUTES.includes(value)) {
    refuse(ctx, `must be one of ${STATISTIC_MINUTES.join(", ")} minutes, got ${value}`);
  }
});

export const taskType = oneOf(["MIGRATION", "SYNC", "SUBSCRIBE"]);
export const environmentLabel = oneOf(["normal", "online"]);
export const feeType = oneOf(["ONLY_CONFIGURATION_FEE", "CONFIGURATION_FEE_AND_DATA_FEE"]);
export const topology = oneOf(["oneway", "bidirectional"]);
export const units = boundedInteger(1, 100);
export const computeUnits = boundedInteger(2, 2 ** 31 - 1);

/** Reverse is for tasks that go both ways; a tracking task has one direction. */
export const direction = stringOf("a string").superRefine((value, ctx) => {
  if (value === "Forward") return;
  const why = value === "Reverse" ? ": a tracking task goes one way" : "";
  refuse(ctx, `must be Forward, got ${shown(value)}${why}`);
});

/** Engines of a destination, in any case; a tracking task has none, and tools name one all the same. */
export const destinationEngine = anyCase([
  ..."MySQL PolarDB polardb_o polardb_pg Redis DRDS PostgreSQL odps oracle mongodb tidb ADS ADB30".split(" "),
  ..."Greenplum MSSQL kafka DataHub DB2 as400 Tablestore clickhouse".split(" "),
]);

/** Engines that the older family buys an instance for. */
export const olderEngine = anyCase(["MySQL", "PolarDB", "DRDS", "Oracle"]);

function anyCase(words: readonly string[]) {
  return stringOf("a string").superRefine((value, ctx) => {
    if (words.some((word) => word.toLowerCase() === value.toLowerCase())) return;
    refuse(ctx, `must be one of ${words.join(", ")}, got ${shown(value)}`);
  });
}
