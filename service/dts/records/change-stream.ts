import { RecordBatch } from "../../kafka/record-batch.ts";
import type { LogEntry } from "../../log/log.ts";
import { AvroWriter } from "./avro-writer.ts";
import {
  encodeHead,
  type TableHead,
  type TransactionHead,
  writeBare,
  writeDdl,
  writeImage,
  writeStart,
} from "./record.ts";

/** An entry of a transaction is closed at this size; a larger row is an entry of its own. */
const ENTRY_BYTES = 256 * 1024;
const RECORDS_MAX = 65_536;

interface ChangeStreamParts {
  /** Where the log goes on. */
  readonly nextOffset: number;
  /** Time of the last record in the log; times never go back behind it. */
  readonly lastSeconds: number;
  readonly now: () => number;
  /** Takes entries in order. What it takes belongs to it. */
  readonly emit: (entry: LogEntry) => void;
}

export interface RowChange {
  readonly operation: "INSERT" | "UPDATE" | "DELETE";
  readonly table: TableHead;
  /** Write one value for each column, in the order of the table's columns. */
  readonly before?: ((out: AvroWriter) => void) | undefined;
  readonly after?: ((out: AvroWriter) => void) | undefined;
}

/**
 * Turns changes into log entries: whole transactions between BEGIN and COMMIT, one commit time each, the record's id being
 * its offset. Transactions that follow each other closely share an entry, which ends when `flush` is called or it is full.
 */
export class ChangeStream {
  readonly #parts: ChangeStreamParts;
  readonly #out = new AvroWriter();
  readonly #batch = new RecordBatch(ENTRY_BYTES + 4_096);
  #nextOffset: number;
  /** Of the batch that is being filled. */
  #batchSeconds = 0;
  #lastSeconds: number;
  /** Ends the last transaction that is whole in the batch or before it. */
  #position: Uint8Array = new Uint8Array(0);
  #head: Uint8Array = new Uint8Array(0);
  #seconds = 0;
  #isOpen = false;
  /** True when the batch ends with a whole transaction. */
  #isComplete = false;

  constructor(parts: ChangeStreamParts) {
    this.#parts = parts;
    this.#nextOffset = parts.nextOffset;
    this.#lastSeconds = parts.lastSeconds;
  }

  /** True between BEGIN and COMMIT. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Of the last record written. */
  get lastSeconds(): number {
    return this.#lastSeconds;
  }

  begin(head: TransactionHead): void {
    this.#enter(head);
    this.#isOpen = true;
    this.#start("BEGIN");
    writeBare(this.#out, this.#parts.now());
    this.#end();
  }

  /** Gives the bytes of the record. */
  row({ operation, table, before, after }: RowChange): number {
    const out = this.#out;
    this.#start(operation);
    out.raw(table.before);
    out.raw(table.fields);
    writeImage(out, table.columns, before);
    writeImage(out, table.columns, after);
    out.long(this.#parts.now());
    const bytes = out.length;
    this.#end();
    return bytes;
  }

  ddl(names: readonly string[], statement: string): void {
    this.#start("DDL");
    writeDdl(this.#out, names, statement, this.#parts.now());
    this.#end();
  }

  /** `position` is stored with the entry: from there on the source is read after a restart. */
  commit(position: Uint8Array): void {
    this.#start("COMMIT");
    writeBare(this.#out, this.#parts.now());
    this.#isOpen = false;
    this.#end(position);
  }

  /** Outside a transaction: up to now, and up to this position, nothing is missing. */
  heartbeat(head: TransactionHead, position: Uint8Array): void {
    if (this.#isOpen) throw new Error("a heartbeat inside a transaction");
    this.#enter(head);
    this.#start("HEARTBEAT");
    writeBare(this.#out, this.#parts.now());
    this.#end(position);
    this.flush();
  }

  /** Hands on what is there, even when a transaction is open. */
  flush(): void {
    const { count } = this.#batch;
    if (count === 0) return;
    const seconds = this.#batchSeconds;
    this.#parts.emit({
      baseOffset: this.#nextOffset,
      recordCount: count,
      firstSeconds: seconds,
      lastSeconds: seconds,
      position: this.#isComplete ? this.#position : new Uint8Array(0),
      complete: this.#isComplete,
      payload: this.#batch.seal(this.#nextOffset, seconds * 1000),
    });
    this.#nextOffset += count;
  }

  #enter(head: TransactionHead): void {
    this.#seconds = Math.max(head.seconds, this.#lastSeconds);
    // A batch has one time, so that a search by time finds the first record of its second.
    if (this.#batch.count > 0 && this.#batchSeconds !== this.#seconds) this.flush();
    this.#head = encodeHead({ ...head, seconds: this.#seconds });
  }

  #start(operation: Parameters<typeof writeStart>[3]): void {
    this.#out.clear();
    writeStart(this.#out, this.#nextOffset + this.#batch.count, this.#head, operation);
  }

  /** Adds the record that was written. With a position it ends a transaction, or stands alone. */
  #end(position?: Uint8Array): void {
    const value = this.#out.view();
    const { count, bytes } = this.#batch;
    if (count > 0 && (bytes + value.length > ENTRY_BYTES || count === RECORDS_MAX)) this.flush();
    this.#batchSeconds = this.#seconds;
    this.#lastSeconds = this.#seconds;
    this.#batch.add(value);
    this.#isComplete = position !== undefined;
    if (position) this.#position = position;
  }
}
