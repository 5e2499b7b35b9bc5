import type { EventFunction, EventItem } from "../flow/delivery.ts";
import type { FunctionCaller } from "./function-caller.ts";

/** Of events that a function has made anew: among each other they stay in their order. */
const NEW_KEY = "function";

/** The function at a URL as a step of a delivery. An event that comes back under its id stays one of its row. */
export function cleansing(functions: FunctionCaller, url: string): EventFunction {
  return async (items, signal) => {
    const keys = new Map(items.map(({ event, key }) => [idOf(event), key]));
    const events = items.map(({ event }) => event as object);
    const cleaned = await functions.call(url, events, signal);
    return cleaned.map((event): EventItem => ({ event, key: keys.get(idOf(event)) ?? NEW_KEY }));
  };
}

/** An event that an earlier function has made anew may have none. */
function idOf(event: unknown): unknown {
  return typeof event === "object" && event !== null ? (event as { id?: unknown }).id : undefined;
}
