import type { AvroWriter } from "../../records/avro-writer.ts";
import {
  type RangeWriter,
  type Text,
  textTemplate,
  writeBinaryObject,
  writeCharacter,
  writeDecimal,
  writeFloat,
  writeInteger,
  writeTextGeometry,
  writeTextObject,
} from "../../records/values.ts";
import { dateTimeWriter, zonedWriter } from "./date-writers.ts";
import type { Mapping } from "./types.ts";

const NAN = 0x4e;
const INFINITE = 0x49;
const MINUS = 0x2d;
const TRUE = 0x74;
/** So that the text of a large value never has to be one string. */
const HEX_STEP = 64 * 1024;
const NO_BYTES = new Uint8Array(0);

/** Writes values of a column, which come as PostgreSQL's text in a larger buffer. `typmod` is the column's, -1 without. */
export function writerOf(mapping: Mapping, typmod: number): RangeWriter {
  switch (mapping.value) {
    case "Integer":
      return textTemplate((out, digits) => writeInteger(out, mapping.precision, digits));
    case "Decimal":
      return decimalWriter(typmod);
    case "Float":
      return (out, source, start, end) =>
        writeFloat(out, Number(latin1(source, start, end)), mapping.precision, 0);
    case "Character":
      return textTemplate((out, text) => writeCharacter(out, "UTF-8", text));
    case "BinaryObject":
      return hexWriter(mapping.type);
    case "TextObject":
      return objectWriter(mapping.type);
    case "TextGeometry":
      return textTemplate((out, text) => writeTextGeometry(out, mapping.type, text));
    case "Boolean":
      return (out, source, start) => writeTextObject(out, "BOOL", source[start] === TRUE ? "true" : "false");
    case "DateTime":
      return dateTimeWriter(mapping.parts, objectWriter("XTYPE"));
    case "TimestampWithTimeZone":
      return zonedWriter(mapping.parts, objectWriter("XTYPE"));
  }
}

function objectWriter(type: Parameters<typeof writeTextObject>[1]): RangeWriter {
  return textTemplate((out: AvroWriter, text: Text) => writeTextObject(out, type, text));
}

/** Precision in the upper half, scale in the lower 11 bits, both 4 too large as a whole; the scale may be negative. */
function decimalWriter(typmod: number): RangeWriter {
  const packed = typmod - 4;
  const precision = typmod < 4 ? 0 : packed >>> 16;
  const scale = typmod < 4 ? 0 : ((packed & 0x7ff) ^ 1024) - 1024;
  const finite = textTemplate((out, digits) => writeDecimal(out, digits, precision, scale));
  const special = objectWriter("XTYPE");
  return (out, source, start, end) => {
    const first = source[source[start] === MINUS ? start + 1 : start];
    (first === NAN || first === INFINITE ? special : finite)(out, source, start, end);
  };
}

/** `\x` and two digits for each byte. */
function hexWriter(type: "BYTEA" | "BINARY" | Parameters<typeof writeBinaryObject>[1]): RangeWriter {
  return (out, source, start, end) => {
    writeBinaryObject(out, type, NO_BYTES);
    // The length that was written is that of nothing: one byte.
    out.length -= 1;
    const size = (end - start - 2) >>> 1;
    out.long(size);
    out.reserve(size);
    for (let from = start + 2; from < end; from += HEX_STEP) {
      const to = Math.min(end, from + HEX_STEP);
      out.length += out.buffer.write(latin1(source, from, to), out.length, "hex");
    }
  };
}

function latin1(source: Uint8Array, start: number, end: number): string {
  return (source as Buffer).toString("latin1", start, end);
}
