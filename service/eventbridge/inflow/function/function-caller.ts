import type { Socket } from "node:net";
import { findMisshapen } from "../../../../contract/limits/shape.ts";
import { failureText } from "../../../core/outbound/failure-text.ts";
import { DeliveryError } from "../failure.ts";
import { postJson } from "./post-json.ts";
import { Turns } from "./turns.ts";

/** Chosen; the cloud bounds a call by what the function itself is set to. */
const CALL_MS_MAX = 30_000;
/** As published for a call that is waited for. */
const BYTES_MAX = 32 * 1024 * 1024;
/** Chosen: ten for each of the largest batch (MQ-2); each takes memory until it is sent. */
const EVENTS_MAX = 100_000;
/** Calls of one address at once, over all tasks: one that hangs must not hold up those of others. */
const CALLS_MAX = 8;

interface FunctionCallerParts {
  /** Under the policy of the service. */
  readonly connect: (host: string, port: number) => Promise<Socket>;
  readonly callMsMax?: number;
  readonly bytesMax?: number;
}

/** What calls functions (MQ-15). One for all tasks, so that the bounds hold over all of them. */
export class FunctionCaller {
  readonly #parts: FunctionCallerParts;
  readonly #turns = new Map<string, Turns>();

  constructor(parts: FunctionCallerParts) {
    this.#parts = parts;
  }

  /**
   * Posts the events as a JSON list. A list of objects that comes back are the events that go on, an object is one, nothing and
   * null are none. Rejects with a DeliveryError: FUNCTION_FAILED, also for every other answer, and EVENT_TOO_LARGE, which is
   * final, for a list that is too long to be sent.
   */
  async call(url: string, events: readonly object[], signal: AbortSignal): Promise<readonly object[]> {
    const { bytesMax = BYTES_MAX } = this.#parts;
    const body = JSON.stringify(events);
    if (Buffer.byteLength(body) > bytesMax) {
      const text = `${events.length} events are ${Buffer.byteLength(body)} bytes of JSON, and a function takes ${bytesMax}`;
      throw new DeliveryError("EVENT_TOO_LARGE", text, true);
    }
    const turns = this.#turns.get(url) ?? new Turns(CALLS_MAX);
    this.#turns.set(url, turns);
    return turns.run(signal, () => this.#call(url, body, signal));
  }

  async #call(url: string, body: string, signal: AbortSignal): Promise<readonly object[]> {
    const { connect, callMsMax = CALL_MS_MAX, bytesMax = BYTES_MAX } = this.#parts;
    const late = AbortSignal.timeout(callMsMax);
    const at = new URL(url);
    const wish = {
      url: at,
      body,
      answerBytesMax: bytesMax,
      signal: AbortSignal.any([signal, late]),
      connect,
    };
    try {
      return eventsIn(await postJson(wish));
    } catch (error) {
      signal.throwIfAborted();
      const reason = late.aborted ? `no answer within ${callMsMax} ms` : failureText(error);
      throw new DeliveryError("FUNCTION_FAILED", `the function at ${at.origin}${at.pathname}: ${reason}`);
    }
  }
}

/**
 * Bounded in bytes and in events, not in values: events hold texts as lists of their bytes. What is no event would stand for
 * the events that were sent, which were lost then: an answer such as `"busy"` is a failure.
 */
function eventsIn(text: string): readonly object[] {
  if (text.trim() === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("its answer is no JSON");
  }
  if (Array.isArray(value) && value.length > EVENTS_MAX)
    throw new Error(`its answer has ${value.length} events, allowed ${EVENTS_MAX}`);
  const found = findMisshapen(value);
  if (found !== undefined) throw new Error(`its answer ${found.text}`);
  if (value === null) return [];
  const events: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!events.every(isEvent)) throw new Error("its answer holds what is no JSON object, and events are");
  return events;
}

function isEvent(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
