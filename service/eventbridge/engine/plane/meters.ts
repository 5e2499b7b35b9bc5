import type { Clock } from "../../../core/kit/clock.ts";
import type { TaskFigures } from "../../inflow/task/task-order.ts";

const WINDOW_MS = 60_000;

interface Meter {
  readonly run: number;
  readonly figures: TaskFigures;
  /** Sent in all runs before this one. */
  readonly before: TaskFigures | undefined;
  /** How much had been sent when, of the last minute, oldest first. */
  readonly samples: readonly { readonly atMs: number; readonly sent: number }[];
}

/** What each task has done, as the inflow thread told it last; kept in memory. */
export class Meters {
  readonly #clock: Clock;
  readonly #meters = new Map<string, Meter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  take(key: string, run: number, figures: TaskFigures): void {
    const present = this.#meters.get(key);
    const isSameRun = present?.run === run;
    const atMs = this.#clock.now();
    const samples = isSameRun ? present.samples.filter((one) => atMs - one.atMs < WINDOW_MS) : [];
    this.#meters.set(key, {
      run,
      figures,
      before: isSameRun ? present.before : sum(present?.before, present?.figures),
      samples: [...samples, { atMs, sent: figures.sent }],
    });
  }

  /** Counts of all runs since the service was started; undefined before the first. */
  of(key: string): { readonly figures: TaskFigures; readonly sentPerSecond: number } | undefined {
    const meter = this.#meters.get(key);
    if (!meter) return undefined;
    const now = this.#clock.now();
    const [first] = meter.samples.filter((one) => now - one.atMs < WINDOW_MS);
    const seconds = first ? (now - first.atMs) / 1000 : 0;
    return {
      figures: { ...meter.figures, ...sum(meter.before, meter.figures) },
      sentPerSecond: first && seconds >= 1 ? (meter.figures.sent - first.sent) / seconds : 0,
    };
  }

  forget(key: string): void {
    this.#meters.delete(key);
  }
}

function sum(a: TaskFigures | undefined, b: TaskFigures | undefined): TaskFigures | undefined {
  if (!a || !b) return a ?? b;
  return {
    ...b,
    received: a.received + b.received,
    filtered: a.filtered + b.filtered,
    sent: a.sent + b.sent,
    failed: a.failed + b.failed,
    deadLettered: a.deadLettered + b.deadLettered,
    dropped: a.dropped + b.dropped,
  };
}
