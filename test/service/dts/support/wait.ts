import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 10;
const WAIT_MS_MAX = 60_000;

/** Reads until `done` says so; fails after a minute, telling what it read last. */
export async function until<T>(read: () => Promise<T> | T, done: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + WAIT_MS_MAX;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value).slice(0, 1000)}`);
    await sleep(POLL_MS);
  }
}
