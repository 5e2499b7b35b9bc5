import type { AvroWriter } from "../../records/avro-writer.ts";
import type { TransactionHead } from "../../records/record.ts";
import type { CaptureJob, CaptureSink } from "../capture.ts";
import { CaptureError } from "../capture.ts";
import { advance, lsnText } from "./position.ts";
import { type RelationMessage, readRelation } from "./relation-message.ts";
import type { Table } from "./tables.ts";
import { Tuple } from "./tuple.ts";

const WORD = 0x1_0000_0000;
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_SECONDS = 946_684_800;
/** Rows that clients may not have the memory for (DTS-8). */
const LARGE_ROW_BYTES = 16 * 1024 * 1024;
/** Kinds of messages: the letter that each begins with. */
const MESSAGE = {
  begin: 0x42,
  commit: 0x43,
  delete: 0x44,
  insert: 0x49,
  relation: 0x52,
  update: 0x55,
} as const;
const FULL = 0x4f;
const KEY = 0x4b;
const IDENTITY_FULL = "f";

type ImageWriter = (out: AvroWriter) => void;

interface TransactionParts {
  readonly job: CaptureJob;
  readonly sink: CaptureSink;
  /** Stored position from which reading began. */
  readonly from: Uint8Array;
  readonly fromLsn: number;
  readonly source: TransactionHead["source"];
  /** A tracked table has come, or come anew: nothing more is handed on until `define` was called for it. */
  readonly onTable: (relation: RelationMessage) => void;
}

/** Reads pgoutput's messages, protocol version 1, and writes the changes that the job tracks into its stream. */
export class Transactions {
  readonly #parts: TransactionParts;
  readonly #tables = new Map<number, Table | undefined>();
  readonly #wholeIdentity = new Set<number>();
  readonly #before = new Tuple();
  readonly #after = new Tuple();
  /** All whose commit record begins below this was read. */
  #lsn: number;
  #isOpen = false;
  #isSkipped = false;
  #isBegun = false;
  #commitLsn = 0;
  #seconds = 0;
  #transactionId = 0;
  #table: Table | undefined;
  #isKeyOnly = false;

  constructor(parts: TransactionParts) {
    this.#parts = parts;
    this.#lsn = parts.fromLsn;
  }

  /** True between the source's BEGIN and COMMIT, whether anything in it is tracked or not. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  get lsn(): number {
    return this.#lsn;
  }

  define(oid: number, table: Table): void {
    this.#tables.set(oid, table);
  }

  /** All before `lsn` was read, and until `seconds` of the source's clock nothing is missing. */
  heartbeat(lsn: number, seconds: number): void {
    this.#lsn = Math.max(this.#lsn, lsn);
    const text = lsnText(this.#lsn);
    this.#parts.sink.stream.heartbeat(
      {
        seconds,
        position: text,
        safePosition: text,
        transactionId: "",
        source: this.#parts.source,
      },
      advance(this.#parts.from, this.#lsn, seconds),
    );
  }

  take(bytes: Buffer, start: number, end: number): void {
    const kind = bytes[start];
    const at = start + 1;
    if (kind === MESSAGE.insert) this.#insert(bytes, at);
    else if (kind === MESSAGE.update) this.#update(bytes, at);
    else if (kind === MESSAGE.delete) this.#delete(bytes, at);
    else if (kind === MESSAGE.begin) this.#begin(bytes, at);
    else if (kind === MESSAGE.commit) this.#commit(bytes, at);
    else if (kind === MESSAGE.relation) this.#relation(bytes, at);
    // Origins and types tell nothing that is needed here.
    else if (end <= start) throw new CaptureError("UNREADABLE", "The source sent an empty change.");
  }

  /** Commit LSN 8, commit time 8, transaction id 4. */
  #begin(bytes: Buffer, at: number): void {
    this.#commitLsn = readLong(bytes, at);
    this.#seconds = EPOCH_SECONDS + Math.floor(readLong(bytes, at + 8) / 1_000_000);
    this.#transactionId = bytes.readUInt32BE(at + 16);
    this.#isOpen = true;
    this.#isBegun = false;
    // After a restart the source may send again what it was not told to be durable.
    this.#isSkipped = this.#commitLsn < this.#lsn;
  }

  /** Flags 1, commit LSN 8, end LSN 8, commit time 8. */
  #commit(bytes: Buffer, at: number): void {
    this.#isOpen = false;
    if (this.#isSkipped) return;
    this.#lsn = readLong(bytes, at + 9);
    if (!this.#isBegun) return;
    this.#isBegun = false;
    this.#parts.sink.stream.commit(advance(this.#parts.from, this.#lsn, this.#seconds));
  }

  #relation(bytes: Buffer, at: number): void {
    const relation = readRelation(bytes, at);
    const { job, onTable } = this.#parts;
    this.#tables.delete(relation.oid);
    if (relation.identity === IDENTITY_FULL) this.#wholeIdentity.add(relation.oid);
    else this.#wholeIdentity.delete(relation.oid);
    if (job.objects.hasTable(job.database, relation.schema, relation.table)) onTable(relation);
    else this.#tables.set(relation.oid, undefined);
  }

  #insert(bytes: Buffer, at: number): void {
    const table = this.#tracked(bytes, at);
    if (!table) return;
    this.#after.parse(bytes, at + 5);
    check(this.#after, table);
    this.#write("INSERT", table, undefined, this.#writeAfter);
  }

  #update(bytes: Buffer, at: number): void {
    const table = this.#tracked(bytes, at);
    if (!table) return;
    const kind = bytes[at + 4];
    let behind = at + 4;
    const hasBefore = kind === FULL || kind === KEY;
    if (hasBefore) {
      behind = this.#before.parse(bytes, at + 5);
      check(this.#before, table);
    }
    this.#after.parse(bytes, behind + 1);
    check(this.#after, table);
    if (hasBefore) this.#after.fillFrom(this.#before, table, kind === FULL);
    this.#isKeyOnly = kind !== FULL;
    // Without an image before, the key has not changed, and the new row tells it.
    this.#write("UPDATE", table, hasBefore ? this.#writeBefore : this.#writeKeyOfAfter, this.#writeAfter);
  }

  #delete(bytes: Buffer, at: number): void {
    const table = this.#tracked(bytes, at);
    if (!table) return;
    this.#isKeyOnly = bytes[at + 4] !== FULL;
    this.#before.parse(bytes, at + 5);
    check(this.#before, table);
    this.#write("DELETE", table, this.#writeBefore, undefined);
  }

  #tracked(bytes: Buffer, at: number): Table | undefined {
    if (this.#isSkipped || !this.#parts.job.dml) return undefined;
    const oid = bytes.readUInt32BE(at);
    const table = this.#tables.get(oid);
    if (table === undefined && !this.#tables.has(oid))
      throw new CaptureError(
        "UNREADABLE",
        `The source sent a row of a table (OID ${oid}) that it did not describe.`,
      );
    return table;
  }

  readonly #writeAfter: ImageWriter = (out) => this.#after.write(out, this.#table as Table, false);
  readonly #writeKeyOfAfter: ImageWriter = (out) => this.#after.write(out, this.#table as Table, true);
  readonly #writeBefore: ImageWriter = (out) =>
    this.#before.write(out, this.#table as Table, this.#isKeyOnly);

  #write(
    operation: "INSERT" | "UPDATE" | "DELETE",
    table: Table,
    before: ImageWriter | undefined,
    after: ImageWriter | undefined,
  ): void {
    this.#ensureBegun();
    this.#table = table;
    const size = this.#parts.sink.stream.row({ operation, table: table.head, before, after });
    if (size > LARGE_ROW_BYTES) this.#parts.sink.largeRow(`${table.schema}.${table.name}`, size);
  }

  #ensureBegun(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    const { stream } = this.#parts.sink;
    stream.begin({
      seconds: this.#seconds,
      position: lsnText(this.#commitLsn),
      safePosition: lsnText(this.#lsn),
      transactionId: String(this.#transactionId),
      source: this.#parts.source,
    });
  }
}

function check(tuple: Tuple, table: Table): void {
  if (tuple.fits(table)) return;
  const name = `${table.schema}.${table.name}`;
  throw new CaptureError(
    "UNREADABLE",
    `A row of ${name} has other columns than the source described the table with.`,
  );
}

/** Eight bytes as a number: exact up to 2^53; times before 2000 are not needed here. */
function readLong(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at) * WORD + bytes.readUInt32BE(at + 4);
}
