import { setTimeout as timeout } from "node:timers/promises";

/** How a task waits; tests have one that does not. Rejects when the signal is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** setTimeout's own bound. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export const waitReally: Wait = async (ms, signal) => {
  await timeout(Math.min(ms, TIMER_MS_MAX), undefined, { signal, ref: false });
};

const OWN_MS_FIRST = 100;
const OWN_MS_MAX = 5_000;

/** Before the given try, counted from 0, of something that this service itself has to bring back. */
export function ownWaitMs(tries: number, random: () => number): number {
  return Math.min(OWN_MS_FIRST * 2 ** tries, OWN_MS_MAX) * (0.5 + random() / 2);
}
