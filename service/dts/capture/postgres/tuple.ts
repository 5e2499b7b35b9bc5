import type { AvroWriter } from "../../records/avro-writer.ts";
import { writeNotInImage, writeNull } from "../../records/values.ts";
import type { Table } from "./tables.ts";

const NULL = 0x6e;
const UNCHANGED = 0x75;
const COLUMNS_MAX = 1_664;
const ABSENT = -2;
const NULL_START = -1;

/** The columns of one row image, as places in the message that it came in. */
export class Tuple {
  #bytes: Buffer = Buffer.alloc(0);
  #columns = 0;
  /** Where the text of a column begins, or that it is NULL, or that it was not sent. */
  readonly #starts = new Int32Array(COLUMNS_MAX);
  readonly #ends = new Int32Array(COLUMNS_MAX);

  /** Columns 2; each with a kind 1 and, where it has a text, length 4 and text. Gives where the tuple ends. */
  parse(bytes: Buffer, start: number): number {
    this.#bytes = bytes;
    const columns = ((bytes[start] as number) << 8) | (bytes[start + 1] as number);
    this.#columns = columns;
    let at = start + 2;
    for (let index = 0; index < columns; index += 1) {
      const kind = bytes[at];
      at += 1;
      if (kind === NULL || kind === UNCHANGED) {
        this.#starts[index] = kind === NULL ? NULL_START : ABSENT;
        continue;
      }
      const size =
        ((bytes[at] as number) << 24) |
        ((bytes[at + 1] as number) << 16) |
        ((bytes[at + 2] as number) << 8) |
        (bytes[at + 3] as number);
      at += 4;
      this.#starts[index] = at;
      at += size;
      this.#ends[index] = at;
    }
    return at;
  }

  /** True when the columns are those of the table; else the message cannot be read. */
  fits(table: Table): boolean {
    return this.#columns === table.head.columns;
  }

  /** Large values that did not change are not sent; the image before has them where it is whole. */
  fillFrom(before: Tuple, table: Table, isWhole: boolean): void {
    for (let index = 0; index < this.#columns; index += 1) {
      if (this.#starts[index] !== ABSENT || !(isWhole || table.isKey[index])) continue;
      this.#starts[index] = before.#starts[index] as number;
      this.#ends[index] = before.#ends[index] as number;
    }
  }

  /** Writes all columns, or those of the key, the others as not in the image. */
  write(out: AvroWriter, table: Table, isKeyOnly: boolean): void {
    const { writers, isKey } = table;
    const bytes = this.#bytes;
    const starts = this.#starts;
    for (let index = 0; index < this.#columns; index += 1) {
      const start = starts[index] as number;
      if (start >= 0 && (!isKeyOnly || isKey[index]))
        (writers[index] as (typeof writers)[number])(out, bytes, start, this.#ends[index] as number);
      else if (start === ABSENT || isKeyOnly) writeNotInImage(out);
      else writeNull(out);
    }
  }
}
