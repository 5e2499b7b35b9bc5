import type { TransactionHead } from "../../records/record.ts";
import type { CaptureJob, CaptureSink } from "../capture.ts";
import { decodeText } from "./charsets.ts";
import { Cursor } from "./cursor.ts";
import { type BinlogEvent, type BinlogFormat, EVENT, readFormat, readRotate } from "./events.ts";
import { unreadable } from "./failure.ts";
import { type Gtid, readMariadbGtid, readMysqlGtid } from "./gtid.ts";
import { encodePosition, type MysqlPosition, positionText } from "./position.ts";
import { readQuery } from "./query-event.ts";
import { isRowEvent, Rows } from "./rows.ts";
import { classify, type Definition } from "./statements.ts";
import { readColumns, readTableId, readTableNames, type TableMap } from "./table-map.ts";
import type { Table } from "./tables.ts";

const WORD = 0x1_0000_0000;
const FIRST_POSITION = 4;

/** What carries changes that cannot be read, and what to do about it. */
const UNREADABLE: ReadonlyMap<number, string> = new Map([
  [
    EVENT.incident,
    "it has an incident event: the server itself lost changes there; reset the job to go on from now",
  ],
  [
    EVENT.partialUpdateRows,
    "it has partial updates of JSON; set binlog_row_value_options = '' and reset the job to go on from now",
  ],
  [EVENT.startEncryption, "it is encrypted, and the server sent it so"],
]);

interface TransactionParts {
  readonly job: CaptureJob;
  readonly sink: CaptureSink;
  readonly from: MysqlPosition;
  readonly source: TransactionHead["source"];
  readonly charsetOf: (collation: number) => string | undefined;
  /** A tracked table has come: nothing more is handed on until `define` was called for it. */
  readonly onTable: (map: TableMap) => void;
  /** A statement has changed what the catalog said. */
  readonly onDefinition: () => void;
}

/** Follows the events of a binary log and writes the changes that the job tracks into its stream. */
export class Transactions {
  readonly #parts: TransactionParts;
  readonly #rows: Rows;
  readonly #tables = new Map<number, Table | undefined>();
  #format: BinlogFormat | undefined;
  #file: string;
  /** Behind the last event that lies in the file. */
  #position: number;
  /** Behind the last transaction; where reading starts again. */
  #end: { readonly file: string; readonly position: number };
  #gtid: Gtid | undefined;
  #lastGtid: string;
  #seconds: number;
  #isOpen = false;
  #isBegun = false;
  #isSkipped = false;

  constructor(parts: TransactionParts) {
    this.#parts = parts;
    this.#rows = new Rows(parts.sink);
    this.#file = parts.from.file;
    this.#position = parts.from.position;
    this.#end = { file: this.#file, position: this.#position };
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
    const text = positionText(this.#file, this.#position);
    const { sink, source } = this.#parts;
    this.#end = { file: this.#file, position: this.#position };
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
    if (!event.isArtificial && event.endPosition !== 0) this.#moveTo(event.endPosition);
    if (isRowEvent(type)) this.#takeRows(event);
    else if (type === EVENT.tableMap) this.#takeTable(event);
    else if (type === EVENT.xid) this.#commit();
    else if (type === EVENT.query) this.#query(event);
    else if (type === EVENT.mariadbGtid) this.#begin(event, readMariadbGtid(event));
    else if (type === EVENT.gtid || type === EVENT.gtidTagged || type === EVENT.anonymousGtid)
      this.#announce(event, readMysqlGtid(event, type === EVENT.anonymousGtid));
    else if (type === EVENT.formatDescription) this.#describe(event);
    else this.#other(event);
  }

  /** Places above 4 GiB lose their upper half. */
  #moveTo(lower: number): void {
    const upper = this.#position - (this.#position % WORD);
    this.#position = upper + lower < this.#position ? upper + lower + WORD : upper + lower;
  }

  #rotate(event: BinlogEvent): void {
    const { file, position } = readRotate(event);
    this.#file = file;
    this.#position = Math.max(position, FIRST_POSITION);
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
    else if (!this.#isOpen) this.#commit();
  }

  #define(definition: Definition, statement: string): void {
    const { job, sink, onDefinition } = this.#parts;
    onDefinition();
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
    const { id, database, table, cursor } = readTableNames(event, this.#expectFormat());
    if (this.#tables.has(id)) return;
    if (job.dml && job.objects.hasTable(database, database, table))
      onTable({ id, database, table, ...readColumns(cursor) });
    else this.#tables.set(id, undefined);
  }

  #takeRows(event: BinlogEvent): void {
    if (this.#isSkipped) return;
    const cursor = new Cursor(event.bytes, event.start, event.end);
    const id = readTableId(cursor, event.type, this.#expectFormat());
    const table = this.#tables.get(id);
    if (table) {
      this.#ensureBegun();
      this.#rows.write(event.type, table, cursor);
    } else if (!this.#tables.has(id)) {
      throw unreadable(`rows of a table (${id}) that was not described`);
    }
  }

  /** Kinds that tell nothing that is needed are passed over; what may carry changes is not. */
  #other({ type }: BinlogEvent): void {
    const what = UNREADABLE.get(type);
    if (what !== undefined && !this.#isSkipped) throw unreadable(what);
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
    this.#end = { file: this.#file, position: this.#position };
    if (!this.#isBegun) return;
    this.#isBegun = false;
    this.#parts.sink.stream.commit(this.#positionBytes(this.#seconds));
  }

  #positionBytes(seconds: number): Uint8Array {
    const { server, notBefore } = this.#parts.from;
    return encodePosition({ server, ...this.#end, gtid: this.#lastGtid, seconds, notBefore });
  }
}

/** A statement that concerns several tables is tracked when one of them is. */
function isTracked({ objects }: CaptureJob, { database, tables }: Definition): boolean {
  if (tables.length === 0) return objects.hasSchema(database, database);
  return tables.some((one) => objects.hasTable(one.database, one.database, one.table));
}
