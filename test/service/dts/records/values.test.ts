import fc from "fast-check";
import { expect, it } from "vitest";
import { AvroWriter } from "../../../../service/dts/records/avro-writer.ts";
import { encodeHead, encodeTable, writeImage, writeStart } from "../../../../service/dts/records/record.ts";
import * as values from "../../../../service/dts/records/values.ts";
import { decodeRecord, type ImageValue } from "../../../support/dts/record-schema.ts";

/** What a client reads of an image of one value. */
function read(write: (out: AvroWriter) => void): ImageValue | undefined {
  const out = new AvroWriter();
  const table = encodeTable({
    names: ["db", "t.x"],
    columns: [{ name: "c", dataTypeNumber: 3 }],
    keys: { PRIMARY: ["c"] },
  });
  const head = { seconds: 5, position: "p", safePosition: "s", transactionId: "7" };
  writeStart(out, 9, encodeHead({ ...head, source: { type: "MySQL", version: "8" } }), "INSERT");
  out.raw(table.before);
  out.raw(table.fields);
  writeImage(out, 1, undefined);
  writeImage(out, 1, write);
  out.long(1_700_000_000_123);
  const record = decodeRecord(out.view());
  expect(record).toMatchObject({
    version: 0,
    id: 9,
    sourceTimestamp: 5,
    sourcePosition: "p",
    safeSourcePosition: "s",
    sourceTxid: "7",
    source: { sourceType: "MySQL", version: "8" },
    operation: "INSERT",
    objectName: "db.t\\u002Ex",
    tags: { pk_uk_info: '{"PRIMARY":["c"]}' },
    fields: [{ name: "c", dataTypeNumber: 3 }],
    before: undefined,
    bornTimestamp: 1_700_000_000_123,
  });
  return record.after?.[0];
}

const date = { year: 2024, month: 2, day: 29, hour: 1, minute: 2, second: 3, micros: 456_789 };
const published = (parts: Record<string, number | undefined>) => {
  const { year, month, day, hour, minute, second, micros } = parts;
  const all = { year, month, day, hour, minute, second, millis: micros };
  return Object.fromEntries(
    Object.entries(all).map(([name, part]) => [name, part === undefined ? null : { int: part }]),
  );
};

it.each<[string, (out: AvroWriter) => void, ImageValue]>([
  ["null", values.writeNull, null],
  ["not in image", values.writeNotInImage, { EmptyObject: "NONE" }],
  ["integer", (out) => values.writeInteger(out, 8, "-12"), { Integer: { precision: 8, value: "-12" } }],
  [
    "character",
    (out) => values.writeCharacter(out, "GBK", Uint8Array.of(0xc4, 0xe3)),
    { Character: { charset: "GBK", value: Buffer.from([0xc4, 0xe3]) } },
  ],
  [
    "decimal",
    (out) => values.writeDecimal(out, "1.50", 10, 2),
    { Decimal: { value: "1.50", precision: 10, scale: 2 } },
  ],
  [
    "float",
    (out) => values.writeFloat(out, -0.5, 24, 0),
    { Float: { value: -0.5, precision: 24, scale: 0 } },
  ],
  [
    "timestamp",
    (out) => values.writeTimestamp(out, 1_700_000_000, 5),
    { Timestamp: { timestamp: 1_700_000_000, millis: 5 } },
  ],
  ["date and time", (out) => values.writeDateTime(out, date), { DateTime: published(date) }],
  ["year only", (out) => values.writeDateTime(out, { year: -44 }), { DateTime: published({ year: -44 }) }],
  [
    "with time zone",
    (out) => values.writeTimestampWithTimeZone(out, date, "UTC"),
    { TimestampWithTimeZone: { value: published(date), timezone: "UTC" } },
  ],
  [
    "binary geometry",
    (out) => values.writeBinaryGeometry(out, "point", Uint8Array.of(1)),
    { BinaryGeometry: { type: "point", value: Buffer.from([1]) } },
  ],
  [
    "text geometry",
    (out) => values.writeTextGeometry(out, "box", "(1)"),
    { TextGeometry: { type: "box", value: "(1)" } },
  ],
  [
    "binary object",
    (out) => values.writeBinaryObject(out, "BLOB", Uint8Array.of(0, 255)),
    { BinaryObject: { type: "BLOB", value: Buffer.from([0, 255]) } },
  ],
  [
    "text object",
    (out) => values.writeTextObject(out, "JSON", "{}"),
    { TextObject: { type: "JSON", value: "{}" } },
  ],
])("%s", (_, write, expected) => {
  expect(read(write)).toEqual(expected);
});

it("a template writes what the function writes, whatever the text", () => {
  const kinds: ((out: AvroWriter, text: values.Text) => void)[] = [
    (out, text) => values.writeInteger(out, 4, text),
    (out, text) => values.writeCharacter(out, "UTF-8", text),
    (out, text) => values.writeDecimal(out, text, 300, 20),
    (out, text) => values.writeTextObject(out, "XTYPE", text),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.string({ unit: "grapheme", maxLength: 300 }), (write, text) => {
      const [plain, templated] = [new AvroWriter(), new AvroWriter()];
      write(plain, text);
      const around = Buffer.from(`<${text}>`);
      values.textTemplate(write)(templated, around, 1, around.length - 1);
      return plain.view().equals(templated.view());
    }),
    { numRuns: 3_000 },
  );
});
