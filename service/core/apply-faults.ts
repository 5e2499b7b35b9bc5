import { setTimeout as delay } from "node:timers/promises";
import { ServiceError } from "../../contract/errors/index.ts";
import type { Call } from "./call.ts";
import type { FaultRule } from "./faults.ts";

/** What fault rules make of a call's time. */
export interface FaultDelays {
  /** Before the work. */
  readonly delayMs: number;
  /** Between the work and its answer. */
  readonly lateMs: number;
}

/** Fault rules: an error is thrown, delays are returned, a dropped answer is marked on the call. */
export function applyFaults(call: Call, rules: readonly FaultRule[]): FaultDelays {
  let [delayMs, lateMs] = [0, 0];
  for (const rule of rules) {
    if (rule.kind === "delay" && rule.when === "after") lateMs = rule.ms;
    else if (rule.kind === "delay") delayMs = rule.ms;
    if (rule.kind === "drop") call.dropAnswer = true;
  }
  const error = rules.find((rule) => rule.kind === "error");
  if (error?.kind === "error") {
    const { code, httpStatus, message } = error;
    throw new ServiceError({ code, httpStatus, message, retryable: true, basis: "chosen" });
  }
  return { delayMs, lateMs };
}

/** The work, with its result held back. A failure is not: nothing was done that could be lost. */
export function heldBack(
  lateMs: number,
  work: () => Promise<object> | object,
): () => Promise<object> | object {
  if (lateMs === 0) return work;
  return async () => {
    const result = await work();
    await delay(lateMs);
    return result;
  };
}
