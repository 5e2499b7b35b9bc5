import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRecord, RecordError } from "../../records/index.ts";
import { AvroWriter } from "../../service/dts/records/avro-writer.ts";
import {
  encodeHead,
  encodeTable,
  writeBare,
  writeDdl,
  writeImage,
  writeStart,
} from "../../service/dts/records/record.ts";
import {
  writeBinaryObject,
  writeCharacter,
  writeDateTime,
  writeDecimal,
  writeFloat,
  writeInteger,
  writeNotInImage,
  writeNull,
  writeTextGeometry,
  writeTextObject,
  writeTimestamp,
  writeTimestampWithTimeZone,
} from "../../service/dts/records/values.ts";

const head = {
  seconds: 1_795_000_000,
  position: "0/16B3748",
  safePosition: "0/16B3700",
  transactionId: "742",
  source: { type: "PostgreSQL", version: "18.4" },
} as const;

type Write = (out: AvroWriter) => void;

/** A row of one column, written as the service writes it. */
function row(after: Write, before?: Write): Uint8Array {
  const out = new AvroWriter();
  const table = encodeTable({
    names: ["shop", "public", "orders.2026"],
    columns: [{ name: "id", dataTypeNumber: 23 }],
    keys: { PRIMARY: ["id"] },
  });
  writeStart(out, 41, encodeHead(head), before ? "UPDATE" : "INSERT");
  out.raw(table.before);
  out.raw(table.fields);
  writeImage(out, 1, before);
  writeImage(out, 1, after);
  out.long(1_795_000_000_123);
  return Uint8Array.from(out.view());
}

const told = (write: Write) => decodeRecord(row(write)).after?.id;

describe("a row", () => {
  it("is told with its place, time, keys and images", () => {
    const record = decodeRecord(
      row(
        (out) => writeInteger(out, 4, "7"),
        (out) => writeInteger(out, 4, "6"),
      ),
    );
    expect({ ...record, before: { ...record.before }, after: { ...record.after } }).toEqual({
      id: 41,
      operation: "UPDATE",
      seconds: 1_795_000_000,
      position: "0/16B3748",
      safePosition: "0/16B3700",
      transactionId: "742",
      source: { type: "PostgreSQL", version: "18.4" },
      database: "shop",
      schema: "public",
      table: "orders.2026",
      columns: [{ name: "id", dataTypeNumber: 23 }],
      keys: { PRIMARY: ["id"] },
      before: { id: 6 },
      after: { id: 7 },
      tags: { pk_uk_info: '{"PRIMARY":["id"]}' },
      madeAtMs: 1_795_000_000_123,
    });
  });

  it("may have a column of any name", () => {
    const out = new AvroWriter();
    const table = encodeTable({
      names: ["d", "t"],
      columns: [{ name: "__proto__", dataTypeNumber: 23 }],
      keys: {},
    });
    writeStart(out, 1, encodeHead(head), "INSERT");
    out.raw(table.before);
    out.raw(table.fields);
    writeImage(out, 1, undefined);
    writeImage(out, 1, () => writeInteger(out, 4, "1"));
    out.long(0);
    expect(Object.entries(decodeRecord(out.view()).after ?? {})).toEqual([["__proto__", 1]]);
  });

  it.each<[string, Write, unknown]>([
    ["a whole number", (out) => writeInteger(out, 8, "-9007199254740991"), -9007199254740991],
    ["one beyond 2^53", (out) => writeInteger(out, 8, "9223372036854775807"), 9223372036854775807n],
    ["text in UTF-8", (out) => writeCharacter(out, "utf8mb4", "grün 😀"), "grün 😀"],
    ["text in GBK", (out) => writeCharacter(out, "gbk", Uint8Array.of(0xd6, 0xd0)), "中"],
    ["text in eucjpms", (out) => writeCharacter(out, "x-eucJP-Open", Uint8Array.of(0xc6, 0xfc)), "日"],
    ["text in macroman", (out) => writeCharacter(out, "x-MacRoman", Uint8Array.of(0x8a)), "ä"],
    [
      "a decimal",
      (out) => writeDecimal(out, "12345678901234567890.0100", 24, 4),
      "12345678901234567890.0100",
    ],
    ["a float", (out) => writeFloat(out, -1.5, 24, 0), -1.5],
    ["not a number", (out) => writeFloat(out, Number.NaN, 24, 0), Number.NaN],
    ["a timestamp", (out) => writeTimestamp(out, 0, 250), "1970-01-01 00:00:00.000250"],
    ["a date", (out) => writeDateTime(out, { year: 2026, month: 1, day: 31 }), "2026-01-31"],
    [
      "a time",
      (out) => writeDateTime(out, { hour: 13, minute: 5, second: 0, micros: 250 }),
      "13:05:00.000250",
    ],
    [
      "a time with its zone",
      (out) =>
        writeTimestampWithTimeZone(out, { year: 1, month: 2, day: 3, hour: 4, minute: 5, second: 6 }, "UTC"),
      "0001-02-03 04:05:06 UTC",
    ],
    ["a boolean", (out) => writeTextObject(out, "BOOL", "t"), true],
    ["JSON", (out) => writeTextObject(out, "JSON", '{"a":1}'), '{"a":1}'],
    ["a point", (out) => writeTextGeometry(out, "point", "(1,2)"), "(1,2)"],
    ["bytes", (out) => writeBinaryObject(out, "BYTEA", Uint8Array.of(0, 255)), Uint8Array.of(0, 255)],
    ["NULL", (out) => writeNull(out), null],
    ["a column that is not in the image", (out) => writeNotInImage(out), undefined],
  ])("holds %s", (_, write, expected) => {
    expect(told(write)).toEqual(expected);
  });
});

it("a statement is told with the database it concerns, and BEGIN, COMMIT and HEARTBEAT without a row", () => {
  const out = new AvroWriter();
  writeStart(out, 2, encodeHead(head), "DDL");
  writeDdl(out, ["shop"], "ALTER TABLE orders ADD note text", 5);
  expect(decodeRecord(out.view())).toMatchObject({
    operation: "DDL",
    database: "shop",
    statement: "ALTER TABLE orders ADD note text",
  });
  out.clear();
  writeStart(out, 3, encodeHead(head), "HEARTBEAT");
  writeBare(out, 6);
  expect(decodeRecord(out.view())).toMatchObject({ operation: "HEARTBEAT", columns: [], madeAtMs: 6 });
});

it("records of older writers end before the time they were made", () => {
  const bytes = row((out) => writeInteger(out, 4, "7"));
  expect(decodeRecord(bytes.subarray(0, bytes.length - 6)).madeAtMs).toBe(0);
});

it("whole numbers are read as they were written, up to 2^53", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const out = new AvroWriter();
      writeStart(out, value, encodeHead(head), "COMMIT");
      writeBare(out, 0);
      expect(decodeRecord(out.view()).id).toBe(value);
    }),
  );
});

describe("bytes that are no record", () => {
  const whole = row((out) => writeCharacter(out, "utf8mb4", "x".repeat(100)));

  it("are refused by code wherever they were cut", () => {
    for (let length = 0; length < whole.length - 6; length += 1) {
      expect(() => decodeRecord(whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: "NOT_A_RECORD" }),
      );
    }
  });

  it("never do worse than that, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(whole.length), (noise, at) => {
        const bytes = Uint8Array.from(whole);
        bytes.set(noise.subarray(0, bytes.length - Math.min(at, bytes.length)), Math.min(at, bytes.length));
        try {
          decodeRecord(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RecordError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("a charset that nobody knows is named", () => {
    expect(() => told((out) => writeCharacter(out, "filename", "x"))).toThrow(
      'no decoder for the charset "filename"',
    );
  });
});
