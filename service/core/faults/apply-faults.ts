import { setTimeout as delay } from "node:timers/promises";
import {
  type ErrorEntry,
  GATEWAY_ERRORS,
  type ServiceError,
  serviceError,
} from "../../../contract/errors/index.ts";
import type { Call } from "../http/call.ts";
import type { FaultRule } from "./fault-rules.ts";

type ErrorRule = Extract<FaultRule, { kind: "error" }>;

/** What fault rules make of a call's time. */
interface FaultDelays {
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
  if (error?.kind === "error") throw faultError(error, call);
  return { delayMs, lateMs };
}

const MESSAGE_DEFAULT = "A fault rule of the local service asked for this error.";
/** Behind this the clients look for what was signed, with no care for a message that lacks it. */
const SIGNED_MARK = "server string to sign is:";
const aboutSignature: readonly string[] = ["SignatureDoesNotMatch", "IncompleteSignature"];

/** The error of a rule, in the form that its code has on the wire; without an own message in the published words. */
function faultError({ code, httpStatus, message }: ErrorRule, call: Call): ServiceError {
  const known: readonly ErrorEntry[] = Object.values(GATEWAY_ERRORS);
  const text = message ?? known.find((entry) => entry.code === code)?.message ?? MESSAGE_DEFAULT;
  const isWhole = !aboutSignature.includes(code) || text.includes(SIGNED_MARK);
  return serviceError(
    { code, httpStatus, message: text, retryable: true, basis: "chosen" },
    { message: text, ...(isWhole ? {} : { suffix: ` ${SIGNED_MARK}${call.req.method}&%2F&` }) },
  );
}

/** The work, with its result held back. A failure is not: nothing was done that could be lost. */
export function withLateAnswer(
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
