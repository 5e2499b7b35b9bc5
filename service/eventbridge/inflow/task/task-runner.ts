import { setTimeout as sleep } from "node:timers/promises";
import { patternMatcher } from "../../../../contract/eventbridge/pattern.ts";
import type { ChangeReaderCalls } from "../../../core/threads/data-lines.ts";
import type { Line } from "../../../core/threads/line.ts";
import { deliveryError } from "../failure.ts";
import { Blocked, type Delivery } from "../flow/delivery.ts";
import { noCounts } from "../flow/figures.ts";
import { ownWaitMs } from "../flow/wait.ts";
import { firstOffset, OffsetLost, PageReader } from "./reading.ts";
import { type TaskMeans, taskDelivery } from "./task-delivery.ts";
import { TaskFlow } from "./task-flow.ts";
import type { TaskFigures, TaskOrder, TaskState } from "./task-order.ts";

/** How long a task may take to end; what it then still sends comes again later. */
const STOP_MS_MAX = 10_000;
const CLAIM_MS_MAX = 30_000;
const ERROR_CHARS_MAX = 1_000;

interface RunnerParts extends TaskMeans {
  readonly order: TaskOrder;
  /** The way to the thread that keeps changes; rejects while there is none. */
  readonly changes: () => Promise<Line<ChangeReaderCalls>>;
  /** What a page, and what a batch, may take in memory. */
  readonly bytesMax: number;
  readonly tell: (state: TaskState) => void;
  /** Whether the recorded offset is the task's own (MQ-5). */
  readonly hasConsumed: () => Promise<boolean>;
  /** The recorded offset is the task's own from now on (MQ-5). Rejects where that cannot be stored. */
  readonly consumed: () => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly date: () => number;
}

/** Runs one task until it is stopped. What fails is told and tried again, but for what needs somebody. */
export class TaskRunner {
  readonly #parts: RunnerParts;
  readonly #stop = new AbortController();
  readonly #counts = noCounts();
  readonly #ended: Promise<void>;
  #flow: TaskFlow | undefined;
  #lastError: { text: string; atMs: number } | undefined;
  #hasConsumed = false;
  #tries = 0;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#ended = this.#run();
  }

  figures(): TaskFigures {
    const { lag = 0, deliveredSeconds } = this.#flow ?? {};
    return {
      ...this.#counts,
      lag,
      ...(deliveredSeconds === undefined ? {} : { deliveredSeconds }),
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
    };
  }

  /** Resolves when nothing is sent any more and what was sent is recorded, or its bound is over. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error("the task is stopped"));
    await Promise.race([this.#ended, sleep(STOP_MS_MAX, undefined, { ref: false })]);
  }

  async #run(): Promise<void> {
    const { wait, random, tell } = this.#parts;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#attempt(signal);
      } catch (thrown) {
        if (signal.aborted) return;
        const { code, message } = deliveryError(thrown);
        this.#failed(
          thrown instanceof Blocked || thrown instanceof OffsetLost ? message : `${code}: ${message}`,
        );
        const why = thrown instanceof Blocked ? "blocked" : endsFor(thrown, code) ? "failed" : undefined;
        if (why) return tell({ kind: "ended", why, message });
        tell({ kind: "trouble", code, message });
        await wait(ownWaitMs(this.#tries, random), signal).catch(() => undefined);
        this.#tries += 1;
      }
    }
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    const { changes, bytesMax, tell, now } = this.#parts;
    const matches = patternMatcher(this.#parts.order.filterPattern);
    const delivery = this.#delivery();
    const line = await changes();
    signal.throwIfAborted();
    const { groupId, name } = this.#parts.order;
    const claim = { groupId, client: `inflow task ${name}` };
    const claimed = await line.ask("claim", claim, { msMax: CLAIM_MS_MAX });
    try {
      this.#hasConsumed ||= await this.#parts.hasConsumed();
      const from = await firstOffset(line, this.#parts.order, claimed, this.#hasConsumed);
      tell({ kind: "running" });
      this.#flow = new TaskFlow({
        order: this.#parts.order,
        topic: claimed.topic,
        line,
        reader: new PageReader(line, groupId, from, bytesMax),
        from,
        matches,
        delivery,
        counts: this.#counts,
        bytesMax,
        now,
        recorded: () => this.#recorded(),
      });
      await this.#flow.run(signal);
    } finally {
      await line.ask("release", { groupId }).catch(() => undefined);
    }
  }

  #delivery(): Delivery {
    return taskDelivery(this.#parts.order, this.#parts, this.#counts, ({ code, message }) =>
      this.#failed(`${code}: ${message}`),
    );
  }

  /** An offset is durable. */
  async #recorded(): Promise<void> {
    this.#tries = 0;
    if (this.#hasConsumed) return;
    await this.#parts.consumed();
    this.#hasConsumed = true;
  }

  #failed(text: string): void {
    this.#lastError = { text: text.slice(0, ERROR_CHARS_MAX), atMs: this.#parts.date() };
  }
}

/** What no further try mends. */
function endsFor(thrown: unknown, code: string): boolean {
  return (
    thrown instanceof OffsetLost || ["InvalidEventPattern", "InvalidTransform", "NO_SINK"].includes(code)
  );
}
