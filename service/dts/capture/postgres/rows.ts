import type { AvroWriter } from "../../records/avro-writer.ts";
import type { RowChange } from "../../records/change-stream.ts";
import { CaptureError } from "../capture.ts";
import type { Table } from "./tables.ts";
import { Tuple } from "./tuple.ts";

const FULL = 0x4f;
const KEY = 0x4b;

type ImageWriter = (out: AvroWriter) => void;

/** Reads the images of one row after the other. What it gives is to be written before the next one is read. */
export class Rows {
  readonly #before = new Tuple();
  readonly #after = new Tuple();
  #table: Table | undefined;
  #isKeyOnly = false;

  /** `N` and the new row. */
  insert(bytes: Buffer, at: number, table: Table): RowChange {
    this.#table = table;
    this.#after.parse(bytes, at + 1);
    check(this.#after, table);
    return { operation: "INSERT", table: table.head, after: this.#writeAfter };
  }

  /** The old row with `O`, or its key with `K` if that changed, or nothing; then `N` and the new row. */
  update(bytes: Buffer, at: number, table: Table): RowChange {
    this.#table = table;
    const kind = bytes[at];
    const hasBefore = kind === FULL || kind === KEY;
    let behind = at;
    if (hasBefore) {
      behind = this.#before.parse(bytes, at + 1);
      check(this.#before, table);
    }
    this.#after.parse(bytes, behind + 1);
    check(this.#after, table);
    if (hasBefore) this.#after.fillFrom(this.#before, table, kind === FULL);
    this.#isKeyOnly = kind !== FULL;
    // Without an image before, the key has not changed, and the new row tells it.
    const before = hasBefore ? this.#writeBefore : this.#writeKeyOfAfter;
    return { operation: "UPDATE", table: table.head, before, after: this.#writeAfter };
  }

  /** The old row with `O`, or its key with `K`. */
  delete(bytes: Buffer, at: number, table: Table): RowChange {
    this.#table = table;
    this.#isKeyOnly = bytes[at] !== FULL;
    this.#before.parse(bytes, at + 1);
    check(this.#before, table);
    return { operation: "DELETE", table: table.head, before: this.#writeBefore };
  }

  readonly #writeAfter: ImageWriter = (out) => this.#after.write(out, this.#table as Table, false);
  readonly #writeKeyOfAfter: ImageWriter = (out) => this.#after.write(out, this.#table as Table, true);
  readonly #writeBefore: ImageWriter = (out) =>
    this.#before.write(out, this.#table as Table, this.#isKeyOnly);
}

function check(tuple: Tuple, table: Table): void {
  if (tuple.fits(table)) return;
  const name = `${table.schema}.${table.name}`;
  throw new CaptureError(
    "UNREADABLE",
    `A row of ${name} has other columns than the source described the table with.`,
  );
}
