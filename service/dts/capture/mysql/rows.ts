import type { AvroWriter } from "../../records/avro-writer.ts";
import type { ChangeStream } from "../../records/change-stream.ts";
import { type CaptureSink, LARGE_ROW_BYTES } from "../capture.ts";
import { inflateEvent, plainType } from "./compressed.ts";
import type { Cursor } from "./cursor.ts";
import { EVENT } from "./events.ts";
import { unreadable } from "./failure.ts";
import { RowImage } from "./row-image.ts";
import type { Table } from "./tables.ts";

type Operation = Parameters<ChangeStream["row"]>[0]["operation"];

/** What each type of event does, and whether it is of the second version, which has room for extra data. */
const ROW_EVENTS: ReadonlyMap<number, { readonly operation: Operation; readonly isSecond: boolean }> =
  new Map([
    [EVENT.writeRows1, { operation: "INSERT", isSecond: false }],
    [EVENT.updateRows1, { operation: "UPDATE", isSecond: false }],
    [EVENT.deleteRows1, { operation: "DELETE", isSecond: false }],
    [EVENT.writeRows2, { operation: "INSERT", isSecond: true }],
    [EVENT.updateRows2, { operation: "UPDATE", isSecond: true }],
    [EVENT.deleteRows2, { operation: "DELETE", isSecond: true }],
  ]);

export function isRowEvent(type: number): boolean {
  return ROW_EVENTS.has(type);
}

/** Reads events of rows and writes each row into the stream. */
export class Rows {
  readonly #sink: CaptureSink;
  readonly #before = new RowImage();
  readonly #after = new RowImage();
  #table: Table | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(sink: CaptureSink) {
    this.#sink = sink;
  }

  /** Behind the table's number: flags 2, extra data, number of columns, columns in the images, rows. */
  write(type: number, table: Table, cursor: Cursor): void {
    const kind = ROW_EVENTS.get(plainType(type));
    if (!kind) throw unreadable(`events of type ${type} are no rows`);
    cursor.skip(2);
    if (kind.isSecond) {
      const extra = cursor.uint(2);
      cursor.skip(extra - 2);
    }
    const columns = cursor.packed();
    if (columns !== table.readers.length)
      throw unreadable(
        `a row of ${table.database}.${table.name} has ${columns} columns, and its table ${table.readers.length}`,
      );
    if (kind.operation !== "INSERT") this.#before.readPresent(cursor, columns);
    if (kind.operation !== "DELETE") this.#after.readPresent(cursor, columns);
    this.#table = table;
    // Ends where the event ends, so that nothing behind it is taken for a value.
    const rows = cursor.bytes.subarray(cursor.at, cursor.end);
    this.#bytes = plainType(type) === type ? rows : inflateEvent(rows);
    this.#at = 0;
    try {
      this.#writeAll(kind.operation, table);
    } catch (error) {
      throw error instanceof RangeError ? unreadable(`a row is cut short (${error.message})`) : error;
    }
  }

  #writeAll(operation: Operation, table: Table): void {
    const { stream } = this.#sink;
    const before = operation === "INSERT" ? undefined : this.#writeBefore;
    const after = operation === "DELETE" ? undefined : this.#writeAfter;
    while (this.#at < this.#bytes.length) {
      const from = this.#at;
      const size = stream.row({ operation, table: table.head, before, after });
      if (this.#at === from) throw unreadable("a row takes no bytes");
      if (size > LARGE_ROW_BYTES) this.#sink.largeRow(`${table.database}.${table.name}`, size);
    }
  }

  readonly #writeBefore = (out: AvroWriter): void => {
    this.#at = this.#before.write(out, this.#table as Table, this.#bytes, this.#at);
  };
  readonly #writeAfter = (out: AvroWriter): void => {
    this.#at = this.#after.write(out, this.#table as Table, this.#bytes, this.#at);
  };
}
