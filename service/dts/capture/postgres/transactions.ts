import type { RowChange } from "../../records/change-stream.ts";
import type { TransactionHead } from "../../records/record.ts";
import { CaptureError, type CaptureJob, type CaptureSink, LARGE_ROW_BYTES } from "../capture.ts";
import { TransactionDdl } from "./ddl-message.ts";
import { quoteName } from "./names.ts";
import { advance, lsnText } from "./position.ts";
import { type RelationMessage, readRelation } from "./relation-message.ts";
import { Rows } from "./rows.ts";
import type { Table } from "./tables.ts";

const WORD = 0x1_0000_0000;
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_SECONDS = 946_684_800;
/** Kinds of messages: the letter that each begins with. */
const MESSAGE = {
  begin: 0x42,
  commit: 0x43,
  delete: 0x44,
  insert: 0x49,
  logical: 0x4d,
  relation: 0x52,
  truncate: 0x54,
  update: 0x55,
} as const;
const TRANSACTIONAL = 1;
const RESTART_IDENTITY = 2;

interface TransactionParts {
  readonly job: CaptureJob;
  readonly sink: CaptureSink;
  /** Stored position from which reading began. */
  readonly from: Uint8Array;
  readonly fromLsn: number;
  readonly source: TransactionHead["source"];
  /** Of the logical messages that are this job's own. */
  readonly messagePrefix: string;
  /** A tracked table has come, or come anew: nothing more is handed on until `define` was called for it. */
  readonly onTable: (relation: RelationMessage) => void;
  /** The source's tables may be others now. */
  readonly onDdl: () => void;
}

/** Reads pgoutput's messages, protocol version 1, and writes the changes that the job tracks into its stream. */
export class Transactions {
  readonly #parts: TransactionParts;
  /** Undefined for what is not tracked. */
  readonly #tables = new Map<number, Table | undefined>();
  readonly #rows = new Rows();
  readonly #ddl = new TransactionDdl();
  readonly #startSeconds: number;
  /** All whose commit record begins below this was read. */
  #lsn: number;
  #isOpen = false;
  #isSkipped = false;
  #isBegun = false;
  #commitLsn = 0;
  #seconds = 0;
  #transactionId = 0;

  constructor(parts: TransactionParts) {
    this.#parts = parts;
    this.#lsn = parts.fromLsn;
    this.#startSeconds = parts.job.startAtSeconds ?? 0;
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
    const { sink, source, from } = this.#parts;
    const position = lsnText(this.#lsn);
    const head = { seconds, position, safePosition: position, transactionId: "", source };
    sink.stream.heartbeat(head, advance(from, this.#lsn, seconds));
  }

  take(bytes: Buffer, start: number, end: number): void {
    const kind = bytes[start];
    const at = start + 1;
    if (kind === MESSAGE.insert || kind === MESSAGE.update || kind === MESSAGE.delete)
      this.#change(bytes, at, kind);
    else if (kind === MESSAGE.begin) this.#begin(bytes, at);
    else if (kind === MESSAGE.commit) this.#commit(bytes, at);
    else if (kind === MESSAGE.relation) this.#relation(bytes, at);
    else if (kind === MESSAGE.truncate) this.#truncate(bytes, at);
    else if (kind === MESSAGE.logical) this.#message(bytes, at);
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
    this.#isSkipped = this.#commitLsn < this.#lsn || this.#seconds < this.#startSeconds;
  }

  /** Flags 1, commit LSN 8, end LSN 8, commit time 8. */
  #commit(bytes: Buffer, at: number): void {
    this.#isOpen = false;
    this.#ddl.clear();
    this.#lsn = Math.max(this.#lsn, readLong(bytes, at + 9));
    if (!this.#isBegun) return;
    this.#isBegun = false;
    this.#parts.sink.stream.commit(advance(this.#parts.from, this.#lsn, this.#seconds));
  }

  #relation(bytes: Buffer, at: number): void {
    const relation = readRelation(bytes, at);
    const { job, onTable } = this.#parts;
    this.#tables.delete(relation.oid);
    if (job.objects.hasTable(job.database, relation.schema, relation.table)) onTable(relation);
    else this.#tables.set(relation.oid, undefined);
  }

  /** OID 4, then the row's images. */
  #change(bytes: Buffer, at: number, kind: number): void {
    if (this.#isSkipped || !this.#parts.job.dml) return;
    const table = this.#tableOf(bytes, at);
    if (!table) return;
    if (kind === MESSAGE.insert) this.#write(table, this.#rows.insert(bytes, at + 4, table));
    else if (kind === MESSAGE.update) this.#write(table, this.#rows.update(bytes, at + 4, table));
    else this.#write(table, this.#rows.delete(bytes, at + 4, table));
  }

  #write(table: Table, change: RowChange): void {
    this.#ensureBegun();
    const { sink } = this.#parts;
    const size = sink.stream.row(change);
    if (size > LARGE_ROW_BYTES) sink.largeRow(`${table.schema}.${table.name}`, size);
  }

  /** Tables 4, options 1, an OID 4 for each. */
  #truncate(bytes: Buffer, at: number): void {
    const { job, sink } = this.#parts;
    if (this.#isSkipped || !job.ddl) return;
    const count = bytes.readUInt32BE(at);
    const ending = ((bytes[at + 4] as number) & RESTART_IDENTITY) === 0 ? "" : " RESTART IDENTITY";
    for (let index = 0; index < count; index += 1) {
      const table = this.#tableOf(bytes, at + 5 + 4 * index);
      if (!table) continue;
      this.#ensureBegun();
      const { schema, name } = table;
      const statement = `TRUNCATE TABLE ${quoteName(schema)}.${quoteName(name)}${ending}`;
      sink.stream.ddl([job.database, schema, name], statement);
    }
  }

  /** Flags 1, LSN 8, prefix with a zero, length 4, content. */
  #message(bytes: Buffer, at: number): void {
    const { job, sink, messagePrefix, onDdl } = this.#parts;
    if (this.#isSkipped || !job.ddl || ((bytes[at] as number) & TRANSACTIONAL) === 0) return;
    const prefixEnd = bytes.indexOf(0, at + 9);
    if (bytes.toString("utf8", at + 9, prefixEnd) !== messagePrefix) return;
    const contentAt = prefixEnd + 5;
    const content = bytes.toString("utf8", contentAt, contentAt + bytes.readUInt32BE(prefixEnd + 1));
    // The trigger separates its messages by empty ones.
    if (content === "") return;
    onDdl();
    const ddl = this.#ddl.read(content, job);
    if (!ddl) return;
    this.#ensureBegun();
    sink.stream.ddl(ddl.names, ddl.statement);
  }

  #tableOf(bytes: Buffer, at: number): Table | undefined {
    const oid = bytes.readUInt32BE(at);
    const table = this.#tables.get(oid);
    if (table === undefined && !this.#tables.has(oid))
      throw new CaptureError(
        "UNREADABLE",
        `The source sent a change of a table (OID ${oid}) that it did not describe.`,
      );
    return table;
  }

  #ensureBegun(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    const { sink, source } = this.#parts;
    sink.stream.begin({
      seconds: this.#seconds,
      position: lsnText(this.#commitLsn),
      safePosition: lsnText(this.#lsn),
      transactionId: String(this.#transactionId),
      source,
    });
  }
}

/** Eight bytes as a number: exact up to 2^53; times before 2000 are not needed here. */
function readLong(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at) * WORD + bytes.readUInt32BE(at + 4);
}
