import { Reader, readRecordsBatch } from "@platformatic/kafka";
import type { CaptureSink } from "../../../service/dts/capture/capture.ts";
import { ChangeStream } from "../../../service/dts/records/change-stream.ts";
import type { LogEntry } from "../../../service/log/log.ts";
import { type DecodedRecord, decodeRecord } from "./record-schema.ts";

/** Stands in for the log: keeps entries, calls them durable at once unless held, and cuts off what is not complete. */
export class CollectingLog {
  readonly entries: LogEntry[] = [];
  readonly largeRows: { table: string; bytes: number }[] = [];
  /** While held, nothing becomes durable. */
  isHeld = false;
  isFull = false;
  #durable: Uint8Array | undefined;
  #listeners: ((position: Uint8Array) => void)[] = [];
  #roomed: (() => void)[] = [];

  /** A sink for one reading, which begins behind the last complete entry. */
  sink(): CaptureSink {
    this.#cut();
    const last = this.entries.at(-1);
    const log = this;
    const stream = new ChangeStream({
      nextOffset: last ? last.baseOffset + last.recordCount : 0,
      lastSeconds: last?.lastSeconds ?? 0,
      now: Date.now,
      emit: (entry) => this.#append(entry),
    });
    return {
      stream,
      flush: () => {
        if (!stream.isOpen) stream.flush();
      },
      get isFull() {
        return log.isFull;
      },
      room: () => new Promise((resolve) => this.#roomed.push(resolve)),
      get durable() {
        return log.#durable;
      },
      onDurable: (listener) => this.#listeners.push(listener),
      largeRow: (table, bytes) => this.largeRows.push({ table, bytes }),
    };
  }

  makeRoom(): void {
    this.isFull = false;
    for (const resolve of this.#roomed.splice(0)) resolve();
  }

  release(): void {
    this.isHeld = false;
    this.#settle();
  }

  /** Where to go on; undefined before the first complete entry. */
  get position(): Uint8Array | undefined {
    return this.entries.findLast((entry) => entry.complete)?.position;
  }

  /** All records that readers may see. */
  records(): DecodedRecord[] {
    const whole = this.entries.slice(0, this.entries.findLastIndex((entry) => entry.complete) + 1);
    return whole.flatMap((entry) => recordsOf(entry));
  }

  #append(entry: LogEntry): void {
    this.entries.push(entry);
    if (!this.isHeld) this.#settle();
  }

  #settle(): void {
    this.#durable = this.position;
    if (this.#durable) for (const listener of this.#listeners) listener(this.#durable);
  }

  #cut(): void {
    this.entries.length = this.entries.findLastIndex((entry) => entry.complete) + 1;
    this.#listeners = [];
    this.#settle();
  }
}

/** The records of an entry, read by a Kafka client's own decoder. */
export function recordsOf(entry: LogEntry): DecodedRecord[] {
  const batch = readRecordsBatch(Reader.from(Buffer.from(entry.payload)));
  if (batch.firstOffset !== BigInt(entry.baseOffset) || batch.records.length !== entry.recordCount)
    throw new Error(`the batch at ${batch.firstOffset} has ${batch.records.length} records`);
  return batch.records.map((record) => decodeRecord(record.value as Buffer));
}
