import type { TransactionHead } from "../../records/record.ts";
import { CaptureError, type CaptureJob, type CaptureSink } from "../capture.ts";
import { decodeText } from "./charsets.ts";
import { inflatePayload, plainType } from "./compressed.ts";
import { Cursor } from "./cursor.ts";
import { type BinlogEvent, type BinlogFormat, EVENT, readFormat } from "./events.ts";
import { unreadable } from "./failure.ts";
import { type Gtid, readMariadbGtid, readMysqlGtid } from "./gtid.ts";
import { LogPlace } from "./log-place.ts";
import { checkPassedOver } from "./passed-over.ts";
import { encodePosition, type MysqlPosition, positionText } from "./position.ts";
import { readQuery } from "./query-event.ts";
import { isRowEvent, Rows } from "./rows.ts";
import { classify, type Definition } from "./statements.ts";
import { readColumns, readTableId, readTableNames, type TableMap } from "./table-map.ts";
import type { Table } from "./tables.ts";
import { isTracked } from "./tracked.ts";
import type { Undone } from "./undone.ts";

interface TransactionParts {
  readonly job: CaptureJob;
  readonly sink: CaptureSink;
  readonly from: MysqlPosition;
  readonly source: TransactionHead["source"];
  readonly undone: Undone;
  readonly charsetOf: (collation: number) => string | undefined;
  /** A tracked table has come: nothing more is handed on until `define` was called for it. */
  readonly onTable: (map: TableMap) => void;
  /** Many events in one: nothing more is handed on until they were taken. */
  readonly onPayload: (events: Buffer) => void;
}

/** Follows the events of a binary log and writes the changes that the job tracks into its stream. */
export class Transactions {
  readonly #parts: TransactionParts;
  readonly #rows: Rows;
  readonly #tables = new Map<number, Table | undefined>();
  #format: BinlogFormat | undefined;
  readonly #place: LogPlace;
  /** Behind the last transaction; where reading starts again. */
  #end: { readonly file: string; readonly position: number };
  #gtid: Gtid | undefined;
  #lastGtid: string;
  #seconds: number;
  #savepoints = new Map<string, number>();
  /** Where the last rows of this transaction began that were written. */
  #rowsAt = -1;
  #isOpen = false;
  #isBegun = false;
  #isSkipped = false;

  constructor(parts: TransactionParts) {
    this.#parts = parts;
    this.#rows = new Rows(parts.sink);
    const { file, position } = parts.from;
    this.#place = new LogPlace(file, position);
    this.#end = { file, position };
    this.#lastGtid = parts.from.gtid;
    this.#seconds = parts.from.seconds;
  }

  get format(): BinlogFormat | undefined {
    return this.#format;
  }

  /** True between the source's BEGIN and COMMIT, whether anything in it is tracked or not. */
  get isOpen(): boolean {
    return this.#isOpen || this.#gtid !== undefined;
  }

  /** Of the last transaction, tracked or not. */
  get seconds(): number {
    return this.#seconds;
  }

  define(id: number, table: Table): void {
    this.#tables.set(id, table);
  }

  /** Outside a transaction: until `seconds` of the source's clock nothing is missing. */
  heartbeat(seconds: number): void {
    const { file, position } = this.#place;
    const text = positionText(file, position);
    const { sink, source } = this.#parts;
    this.#end = { file, position };
    sink.stream.heartbeat(
      { seconds, position: text, safePosition: text, transactionId: this.#lastGtid, source },
      this.#positionBytes(seconds),
    );
  }

  take(event: BinlogEvent): void {
    const { type } = event;
    if (type === EVENT.heartbeat || type === EVENT.heartbeat2) return;
    if (type === EVENT.rotate) {
      this.#rotate(event);
      return;
    }
    this.#place.follow(event);
    if (isRowEvent(plainType(type))) this.#takeRows(event);
    else if (type === EVENT.tableMap) this.#takeTable(event);
    else if (type === EVENT.xid) this.#commit();
    else if (plainType(type) === EVENT.query) this.#query(event);
    else if (type === EVENT.mariadbGtid) this.#begin(event, readMariadbGtid(event));
    else if (type === EVENT.gtid || type === EVENT.gtidTagged || type === EVENT.anonymousGtid)
      this.#announce(event, readMysqlGtid(event, type === EVENT.anonymousGtid));
    else if (type === EVENT.formatDescription) this.#describe(event);
    else if (type === EVENT.xaPrepare) this.#commit();
    else if (type === EVENT.transactionPayload)
      this.#parts.onPayload(inflatePayload(event.bytes, event.start, event.end));
    else if (!this.#isSkipped) checkPassedOver(type);
  }

  #rotate(event: BinlogEvent): void {
    // The server ended in the middle of a transaction, which it then took back.
    if (this.#isOpen) this.#takeBack(this.#end.position, Number.POSITIVE_INFINITY);
    this.#place.rotate(event);
  }

  #describe(event: BinlogEvent): void {
    this.#format = readFormat(event);
    // A server that was started anew numbers its tables from the beginning.
    this.#tables.clear();
  }

  /** MySQL's event before BEGIN, or before a statement that stands alone. */
  #announce(event: BinlogEvent, gtid: Gtid): void {
    this.#gtid = gtid;
    this.#seconds = gtid.commitSeconds || event.seconds;
    this.#isBegun = false;
    this.#savepoints.clear();
    this.#rowsAt = -1;
    this.#isSkipped = this.#seconds < this.#parts.from.notBefore;
  }

  #begin(event: BinlogEvent, gtid: Gtid): void {
    this.#announce(event, gtid);
    this.#isOpen = !gtid.isStandalone;
  }

  #query(event: BinlogEvent): void {
    const query = readQuery(event);
    const charset = query.collation === undefined ? undefined : this.#parts.charsetOf(query.collation);
    const statement = decodeText(query.statement, charset ?? "utf8mb4");
    const what = classify(statement, query.database);
    if (!this.isOpen) this.#announce(event, { text: "", isStandalone: true, commitSeconds: 0 });
    if (what.kind === "begin") this.#isOpen = true;
    else if (what.kind === "commit") this.#commit();
    else if (what.kind === "definition") this.#define(what.of, statement);
    else if (what.kind === "rollback") this.#takeBack(this.#end.position, this.#place.position);
    else if (what.kind === "savepoint") this.#savepoints.set(what.savepoint, this.#place.eventAt);
    else if (what.kind === "rollbackTo") this.#takeBackTo(what.savepoint);
    else if (!this.#isOpen) this.#commit();
  }

  #takeBackTo(savepoint: string): void {
    const from = this.#savepoints.get(savepoint) ?? this.#end.position;
    if (this.#rowsAt >= from) this.#readAgainWithout(from, this.#place.position);
  }

  /** Ends the transaction without its rows. */
  #takeBack(from: number, to: number): void {
    if (this.#rowsAt >= from) this.#readAgainWithout(from, to);
    this.#commit();
  }

  #readAgainWithout(from: number, to: number): never {
    this.#parts.undone.add(this.#place.file, from, to);
    throw new CaptureError(
      "SOURCE_LOST",
      `Rows behind ${positionText(this.#place.file, from)} were taken back; the binary log is read again without them.`,
    );
  }

  #define(definition: Definition, statement: string): void {
    const { job, sink } = this.#parts;
    if (job.ddl && !this.#isSkipped && isTracked(job, definition)) {
      this.#ensureBegun();
      const [only, second] = definition.tables;
      const names = only && !second ? [only.database, only.table] : [definition.database];
      sink.stream.ddl(names, statement);
    }
    if (!this.#isOpen) this.#commit();
  }

  #takeTable(event: BinlogEvent): void {
    const { job, onTable } = this.#parts;
    const format = this.#expectFormat();
    const { id, database, table, cursor } = readTableNames(event, format);
    if (this.#tables.has(id)) return;
    if (job.dml && job.objects.hasTable(database, database, table))
      onTable({ id, database, table, ...readColumns(cursor, format) });
    else this.#tables.set(id, undefined);
  }

  #takeRows(event: BinlogEvent): void {
    if (this.#isSkipped || this.#parts.undone.has(this.#place.file, this.#place.eventAt)) return;
    const cursor = new Cursor(event.bytes, event.start, event.end);
    const id = readTableId(cursor, event.type, this.#expectFormat());
    const table = this.#tables.get(id);
    if (table) {
      this.#ensureBegun();
      this.#rowsAt = this.#place.eventAt;
      this.#rows.write(event.type, table, cursor);
    } else if (!this.#tables.has(id)) {
      throw unreadable(`rows of a table (${id}) that was not described`);
    }
  }

  #expectFormat(): BinlogFormat {
    if (!this.#format) throw unreadable("it begins without a description of its format");
    return this.#format;
  }

  #ensureBegun(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    const { sink, source } = this.#parts;
    const text = positionText(this.#end.file, this.#end.position);
    sink.stream.begin({
      seconds: this.#seconds,
      position: text,
      safePosition: text,
      transactionId: this.#gtid?.text ?? "",
      source,
    });
  }

  #commit(): void {
    this.#isOpen = false;
    if (this.#gtid?.text) this.#lastGtid = this.#gtid.text;
    this.#gtid = undefined;
    this.#end = { file: this.#place.file, position: this.#place.position };
    if (!this.#isBegun) return;
    this.#isBegun = false;
    this.#parts.sink.stream.commit(this.#positionBytes(this.#seconds));
  }

  #positionBytes(seconds: number): Uint8Array {
    const { server, notBefore } = this.#parts.from;
    return encodePosition({ server, ...this.#end, gtid: this.#lastGtid, seconds, notBefore });
  }
}
