// A topic can be written by something else than this service, and a value can be damaged so that its lengths still fit. Then
// the decoder once took minutes over a whole number of many digits, made a gigabyte of a few megabytes of empty columns,
// handed on keys that were no keys, and threw a SyntaxError or a RangeError where a RecordError is promised.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRecord, RecordError } from "../../records/index.ts";
import { type ImageValue, recordType } from "../support/dts/record-schema.ts";

interface Odd {
  readonly tags?: Readonly<Record<string, string>>;
  readonly columns?: readonly string[];
  readonly after?: readonly ImageValue[];
}

function recordOf({ tags = {}, columns = ["c"], after = [null] }: Odd): Uint8Array {
  return recordType.toBuffer({
    version: 0,
    id: 1,
    sourceTimestamp: 1_795_000_000,
    sourcePosition: "p",
    safeSourcePosition: "p",
    sourceTxid: "t",
    source: { sourceType: "MySQL", version: "8.0" },
    operation: "INSERT",
    objectName: { string: "shop.orders" },
    processTimestamps: null,
    tags,
    fields: { array: columns.map((name) => ({ name, dataTypeNumber: 3 })) },
    beforeImages: null,
    afterImages: { array: after.map(inUnion) },
    bornTimestamp: 0,
  });
}

/** As the schema names its branches. */
function inUnion(value: ImageValue): ImageValue {
  if (value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [`com.alibaba.dts.formats.avro.${name}`, one]),
  );
}

const valued = (after: ImageValue) => recordOf({ after: [after] });
const decoding = (value: Uint8Array) => () => decodeRecord(value);
const notARecord = expect.objectContaining({ name: "RecordError", code: "NOT_A_RECORD" });

describe("values that no source has", () => {
  it.each(["", "abc", "0xff", "1e400", "1.5", " 1", "1\n", "9".repeat(20_000_000)])(
    "a whole number of %.8s is refused, and at once",
    (value) => {
      const startedAtMs = performance.now();
      expect(decoding(valued({ Integer: { precision: 20, value } }))).toThrow(notARecord);
      expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    },
  );

  it("whole numbers keep a hundred digits, and their sign", () => {
    const value = `-${"9".repeat(100)}`;
    expect(decodeRecord(valued({ Integer: { precision: 100, value } })).after).toEqual({ c: BigInt(value) });
  });

  it("a time that no date can hold is refused; the last one is told", () => {
    const at = (timestamp: number) => valued({ Timestamp: { timestamp, millis: 0 } });
    expect(decoding(at(8_640_000_000_001))).toThrow(notARecord);
    expect(decoding(at(-8_640_000_000_001))).toThrow(notARecord);
    expect(decodeRecord(at(8_640_000_000_000)).after).toEqual({ c: "+275760-09-13 00:00:00" });
  });

  it("a charset has a name of bounded length", () => {
    const text = (charset: string) => valued({ Character: { charset, value: Buffer.from("x") } });
    expect(decoding(text(`utf-8${" ".repeat(1_000_000)}`))).toThrow(
      expect.objectContaining({ code: "UNKNOWN_CHARSET" }),
    );
    // More ways to write one name than decoders are kept.
    for (let blanks = 0; blanks < 35; blanks += 1) {
      for (const name of ["utf-8", "UTF-8", "Utf-8", "uTf-8"]) {
        expect(decodeRecord(text(name + " ".repeat(blanks))).after).toEqual({ c: "x" });
      }
    }
  });

  it.each(["null", "5", "[]", '{"PRIMARY":"id"}', '{"PRIMARY":[1]}', "[".repeat(100_000)])(
    "keys of %.20s are refused",
    (keys) => {
      expect(decoding(recordOf({ tags: { pk_uk_info: keys } }))).toThrow(notARecord);
    },
  );
});

describe("lists", () => {
  it("hold no more columns than a source can have", () => {
    expect(decodeRecord(recordOf({ columns: Array(65_536).fill("") })).columns).toHaveLength(65_536);
    expect(decoding(recordOf({ columns: Array(65_537).fill("") }))).toThrow(notARecord);
  });

  it("are bounded over all their blocks", () => {
    const blocks = Buffer.alloc(400_000, Buffer.from([2, 0, 0]));
    const whole = recordOf({ columns: [], after: [] });
    // Behind the fields' branch: blocks of one empty column each.
    const at = whole.lastIndexOf(4, whole.length - 5) + 1;
    const bytes = Buffer.concat([whole.subarray(0, at), blocks, whole.subarray(at)]);
    expect(decoding(bytes)).toThrow(/a list of 65537 items/);
  });
});

const text = fc.oneof(fc.string(), fc.stringMatching(/^[-+0-9eExX. ]{0,30}$/));
const int = fc.integer({ min: -0x80000000, max: 0x7fffffff });
const part = fc.option(int.map((value) => ({ int: value })));
const dateTime = fc.record({
  year: part,
  month: part,
  day: part,
  hour: part,
  minute: part,
  second: part,
  millis: part,
});
const bytes = fc.uint8Array().map((all) => Buffer.from(all));
const anyValue = fc.oneof(
  fc.record({ Integer: fc.record({ precision: int, value: text }) }),
  fc.record({
    Character: fc.record({ charset: fc.oneof(text, fc.constantFrom("utf16", "big5")), value: bytes }),
  }),
  fc.record({ Decimal: fc.record({ value: text, precision: int, scale: int }) }),
  fc.record({ Float: fc.record({ value: fc.double(), precision: int, scale: int }) }),
  // avsc does not write the least of them.
  fc.record({
    Timestamp: fc.record({
      timestamp: fc.maxSafeInteger().filter((one) => one > Number.MIN_SAFE_INTEGER),
      millis: int,
    }),
  }),
  fc.record({ DateTime: dateTime }),
  fc.record({ TimestampWithTimeZone: fc.record({ value: dateTime, timezone: text }) }),
  fc.record({ BinaryGeometry: fc.record({ type: text, value: bytes }) }),
  fc.record({ TextObject: fc.record({ type: text, value: text }) }),
);

it("anything that fits the schema is decoded or refused by a RecordError", () => {
  fc.assert(
    fc.property(anyValue, fc.oneof(text, fc.json()), (value, keys) => {
      const bytes = recordOf({ after: [value as unknown as ImageValue], tags: { pk_uk_info: keys } });
      try {
        decodeRecord(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RecordError);
      }
    }),
    { numRuns: 3_000 },
  );
});
