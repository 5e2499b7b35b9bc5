import { AvroWriter } from "../../records/avro-writer.ts";
import { writeNotInImage, writeNull } from "../../records/values.ts";
import type { Cursor } from "./cursor.ts";
import { unreadable } from "./failure.ts";
import type { Table } from "./tables.ts";

/** Which columns the images of an event have; the others were left out by binlog_row_image. */
export class RowImage {
  #isPresent: Uint8Array = new Uint8Array(0);
  #present = 0;
  #scratch: AvroWriter | undefined;

  /** A bit for each column. */
  readPresent(cursor: Cursor, columns: number): void {
    const bitmap = cursor.slice((columns + 7) >> 3);
    if (this.#isPresent.length !== columns) this.#isPresent = new Uint8Array(columns);
    this.#present = 0;
    for (let index = 0; index < columns; index += 1) {
      const bit = ((bitmap[index >> 3] as number) >> (index & 7)) & 1;
      this.#isPresent[index] = bit;
      this.#present += bit;
    }
  }

  /** A bit for each present column that is NULL, then the values of the others. Gives where the image ends. */
  write(out: AvroWriter, table: Table, bytes: Buffer, start: number): number {
    const { readers, isHidden } = table;
    const isPresent = this.#isPresent;
    let at = start + ((this.#present + 7) >> 3);
    if (at > bytes.length) throw unreadable("a row is cut short");
    for (let index = 0, place = 0; index < readers.length; index += 1) {
      const target = isHidden[index] ? this.#unseen() : out;
      if (isPresent[index] === 0) {
        writeNotInImage(target);
        continue;
      }
      const isNull = ((bytes[start + (place >> 3)] as number) >> (place & 7)) & 1;
      place += 1;
      if (isNull) writeNull(target);
      else at = (readers[index] as (typeof readers)[number])(target, bytes, at);
    }
    return at;
  }

  /** Takes what no record has, so that it is passed over like any value. */
  #unseen(): AvroWriter {
    this.#scratch ??= new AvroWriter(64);
    this.#scratch.clear();
    return this.#scratch;
  }
}
