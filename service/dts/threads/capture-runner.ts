import { setTimeout as sleep } from "node:timers/promises";
import { type Line, LineError } from "../../core/threads/line.ts";
import { type Capture, CaptureError } from "../capture/capture.ts";
import { type LogSink, openSink } from "./capture-sink.ts";
import type { CaptureOrder, CaptureState, LogWriterCalls } from "./messages.ts";

/** Waits between two attempts double from the first to the last, each shortened by chance to as little as a half. */
const RETRY_MS_FIRST = 500;
const RETRY_MS_MAX = 30_000;
/** A capture that has read for so long is well, also where the source has nothing to say. */
const WELL_AFTER_MS = 250;
/** How long a capture may take to end; then it is left to itself, and what it still hands on is lost. */
const STOP_MS_MAX = 10_000;
const OPEN_MS_MAX = 60_000;

/** Needs somebody: trying again changes nothing. */
const FINAL: readonly string[] = ["POSITION_LOST", "LOG_LOST", "CORRUPT"];
/** The source is well then; only what becomes durable shows that it is over. */
const OF_THE_LOG: readonly string[] = ["DISK_FULL", "IO"];

interface RunnerParts {
  readonly order: CaptureOrder;
  readonly captureOf: (order: CaptureOrder) => Promise<Capture>;
  /** The way to the log thread; undefined while there is none. */
  readonly log: () => Line<LogWriterCalls> | undefined;
  readonly tell: (state: CaptureState) => void;
  readonly largeRow: (table: string, bytes: number) => void;
  readonly now: () => number;
  readonly random?: () => number;
}

/** Captures one source until it is stopped; each failure is told and tried again. */
export class CaptureRunner {
  readonly #parts: RunnerParts;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  /** The same for all attempts: what one has learned of the source the next one needs. */
  #capture: Capture | undefined;
  #lastTrouble = "";
  #retryMs = RETRY_MS_FIRST;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#ended = this.#run();
  }

  /** Resolves when nothing is read any more and all that was read is durable or given up. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.race([this.#ended, sleep(STOP_MS_MAX, undefined, { ref: false })]);
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#attempt();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        const { code, message } = troubleOf(error);
        const isFinal = FINAL.includes(code);
        this.#lastTrouble = code;
        this.#parts.tell({ kind: "trouble", code, message, isFinal });
        if (isFinal) return;
        await this.#pause();
      }
    }
  }

  async #attempt(): Promise<void> {
    const { order, captureOf, log, now, largeRow } = this.#parts;
    const line = log();
    if (!line) throw new LineError("CLOSED", "the thread that keeps the log is not there");
    const { captureId, mayBegin, firstOffset } = order;
    this.#capture ??= await captureOf(order);
    const capture = this.#capture;
    const opened = await line.ask("open", { captureId, mayBegin, firstOffset }, { msMax: OPEN_MS_MAX });
    // Whoever waited for the end may have cleaned the source up meanwhile.
    this.#stop.signal.throwIfAborted();
    const attempt = new AbortController();
    const signal = AbortSignal.any([attempt.signal, this.#stop.signal]);
    let broken: Error | undefined;
    const failed = (error: Error) => {
      broken ??= error;
      attempt.abort();
    };
    const stored = opened.position.length > 0 ? opened.position : undefined;
    const { position, notes } = await capture.prepare(signal, stored);
    signal.throwIfAborted();
    const sink = openSink({ captureId, log: line, opened, now, largeRow, failed });
    const stopListening = line.onClose(failed);
    const wellTimer = this.#watch(sink, notes, { signal, isNew: stored === undefined });
    try {
      await capture.read(stored ?? position, sink, signal);
    } catch (error) {
      throw broken ?? error;
    } finally {
      clearTimeout(wellTimer);
      stopListening();
      sink.end();
      await sink.settled();
    }
    if (broken) throw broken;
    if (!signal.aborted) throw new CaptureError("SOURCE_LOST", "the source has ended the connection");
  }

  /** Tells once that it runs: with the first entry that is durable, or a little later. */
  #watch(
    sink: LogSink,
    notes: readonly string[],
    { signal, isNew }: { readonly signal: AbortSignal; readonly isNew: boolean },
  ): NodeJS.Timeout | undefined {
    let isTold = false;
    const well = () => {
      if (isTold || signal.aborted) return;
      isTold = true;
      this.#lastTrouble = "";
      this.#parts.tell({ kind: "running", notes });
    };
    sink.onDurable(() => {
      this.#retryMs = RETRY_MS_FIRST;
      well();
    });
    // A source that is said to be read must not lose the place where a new log begins: that is in its first entry.
    if (isNew || OF_THE_LOG.includes(this.#lastTrouble)) return undefined;
    return setTimeout(() => void sink.settled().then(well), WELL_AFTER_MS);
  }

  async #pause(): Promise<void> {
    const { random = Math.random } = this.#parts;
    const waitMs = this.#retryMs * (0.5 + random() / 2);
    this.#retryMs = Math.min(2 * this.#retryMs, RETRY_MS_MAX);
    await sleep(waitMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** In the words of the status; the ways in which a thread can be missing are one to those outside. */
function troubleOf(error: unknown): { code: string; message: string } {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = String(message ?? error);
  if (error instanceof LineError) {
    const isLine = ["CLOSED", "LATE", "BUSY", "FAILED"].includes(error.code);
    return { code: isLine ? "LOG_UNREACHABLE" : error.code, message: text };
  }
  return { code: error instanceof CaptureError && typeof code === "string" ? code : "FAILED", message: text };
}
