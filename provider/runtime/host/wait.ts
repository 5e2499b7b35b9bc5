import { unended } from "../../../contract/limits/message.ts";
import type { Clock } from "./clock.ts";
import type { EngineLog } from "./engine.ts";
import { ProviderError } from "./errors.ts";

const WAIT_MS_FIRST = 50;
const WAIT_MS_MAX = 5_000;
/** A wait shorter than this says nothing. */
const PROGRESS_MS_MIN = 5_000;

export interface Waiting<T> {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly urn: string | undefined;
  /** Time of the clock at which to give up. */
  readonly untilMs: number;
  /** What is waited for, as in `instance dtsabc to be Normal`. */
  readonly what: string;
  look(): Promise<T>;
  /** True when it has come true; throws when it never will. */
  isDone(seen: T): boolean | Promise<boolean>;
  /** The state seen, for messages. */
  describe(seen: T): string;
  /** What to do when it took too long. */
  readonly advice: string;
}

/** Looks until it is done, less and less often, and not beyond its time. Returns what was seen last. */
export async function waitUntil<T>(waiting: Waiting<T>): Promise<T> {
  const { clock, log } = waiting;
  const startedMs = clock.nowMs();
  for (let pauseMs = WAIT_MS_FIRST; ; pauseMs = Math.min(WAIT_MS_MAX, pauseMs * 1.6)) {
    const seen = await waiting.look();
    if (await waiting.isDone(seen)) return seen;
    const nowMs = clock.nowMs();
    const leftMs = waiting.untilMs - nowMs;
    if (leftMs <= 0) {
      const seconds = Math.round((nowMs - startedMs) / 1000);
      throw new ProviderError(
        "TimedOut",
        `waited ${seconds} seconds for ${waiting.what}; last seen: ${unended(waiting.describe(seen))}. ${waiting.advice}`,
      );
    }
    if (nowMs - startedMs >= PROGRESS_MS_MIN) {
      const seconds = Math.round((nowMs - startedMs) / 1000);
      log.progress(`waiting for ${waiting.what}: ${waiting.describe(seen)} (${seconds} s)`, waiting.urn);
    }
    await clock.sleep(Math.min(pauseMs, leftMs));
  }
}
