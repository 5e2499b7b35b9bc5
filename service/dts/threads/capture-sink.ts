import type { Line } from "../../core/threads/line.ts";
import type { LogEntry } from "../../log/log.ts";
import type { CaptureSink } from "../capture/capture.ts";
import { ChangeStream } from "../records/change-stream.ts";
import type { LogWriterCalls, OpenedLog } from "./messages.ts";

/** Entries on their way to the log; beyond this a capture pauses. */
const BYTES_IN_FLIGHT_MAX = 8 * 1024 * 1024;
/** A disk that needs longer counts as broken. */
const APPEND_MS_MAX = 60_000;

interface SinkParts {
  readonly captureId: string;
  readonly log: Line<LogWriterCalls>;
  readonly opened: OpenedLog;
  readonly now: () => number;
  readonly largeRow: (table: string, bytes: number) => void;
  /** An entry could not be made durable: nothing behind it was kept either. */
  readonly failed: (error: Error) => void;
}

/** Hands entries to the log thread and tells a capture what has become durable. */
export interface LogSink extends CaptureSink {
  /** Resolves when all that was handed on is durable or given up. */
  settled(): Promise<void>;
  /** What is handed on from now on is lost. */
  end(): void;
}

export function openSink({ captureId, log, opened, now, largeRow, failed }: SinkParts): LogSink {
  const listeners: ((position: Uint8Array) => void)[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const pending = new Set<Promise<void>>();
  let bytes = 0;
  let durable: Uint8Array | undefined = opened.position.length > 0 ? opened.position : undefined;
  let broken: Error | undefined;
  let isEnded = false;

  function emit(entry: LogEntry): void {
    if (isEnded || broken) return;
    const size = entry.payload.byteLength;
    bytes += size;
    const sent = log
      .ask(
        "append",
        { captureId, entries: [{ ...entry, position: ownMemory(entry.position) }] },
        { msMax: APPEND_MS_MAX, transfer: [entry.payload.buffer as ArrayBuffer] },
      )
      .finally(() => pending.delete(sent))
      .then(
        () => done(entry.position, size),
        (error: Error) => fail(error),
      );
    pending.add(sent);
  }

  function done(position: Uint8Array, size: number): void {
    bytes -= size;
    if (bytes < BYTES_IN_FLIGHT_MAX / 2) for (const one of waiting.splice(0)) one.resolve();
    if (position.length > 0 && !broken) {
      durable = position;
      for (const listener of listeners) listener(position);
    }
    flush();
  }

  /** A source of small transactions costs messages and syncs by the entry: what comes while one is under way shares the next. */
  function flush(): void {
    if (pending.size === 0 && !stream.isOpen) stream.flush();
  }

  function fail(error: Error): void {
    if (broken) return;
    broken = error;
    for (const one of waiting.splice(0)) one.reject(error);
    if (!isEnded) failed(error);
  }

  const stream = new ChangeStream({
    nextOffset: opened.nextOffset,
    lastSeconds: opened.lastSeconds,
    now,
    emit,
  });
  return {
    stream,
    flush,
    get isFull() {
      return bytes >= BYTES_IN_FLIGHT_MAX;
    },
    room() {
      if (broken) return Promise.reject(broken);
      if (bytes < BYTES_IN_FLIGHT_MAX) return Promise.resolve();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    get durable() {
      return durable;
    },
    onDurable: (listener) => void listeners.push(listener),
    largeRow,
    async settled() {
      await Promise.all(pending);
    },
    end() {
      isEnded = true;
    },
  };
}

/** A view into a larger buffer would take all of that along to the other thread. */
function ownMemory(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
