import avsc from "avsc";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AvroWriter } from "../../../../service/dts/records/avro-writer.ts";

/** With BigInt: as a number another encoder is exact only up to 2^52. */
const long = avsc.types.LongType.__with({
  fromBuffer: (eight: Buffer) => eight.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const eight = Buffer.alloc(8);
    eight.writeBigInt64LE(value);
    return eight;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});
const text = avsc.Type.forSchema("string");
const bytes = avsc.Type.forSchema("bytes");
const double = avsc.Type.forSchema("double");

function written(write: (out: AvroWriter) => void): Buffer {
  const out = new AvroWriter(4);
  write(out);
  return Buffer.from(out.view());
}

const EDGES = [
  0,
  1,
  63,
  64,
  8191,
  8192,
  2 ** 29,
  2 ** 30 - 1,
  2 ** 30,
  2 ** 31,
  2 ** 32,
  2 ** 52,
  2 ** 53 - 1,
];

describe("AvroWriter", () => {
  it.each(
    EDGES.flatMap((edge) => [edge, -edge, edge + 1 <= Number.MAX_SAFE_INTEGER ? edge + 1 : edge, -edge - 1]),
  )("long %d", (value) => {
    if (!Number.isSafeInteger(value)) return;
    expect(long.fromBuffer(written((out) => out.long(value)))).toBe(BigInt(value));
  });

  it("long as another encoder writes it", () => {
    const near = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -200, max: 200 }));
    fc.assert(
      fc.property(near, (value) => written((out) => out.long(value)).equals(long.toBuffer(BigInt(value)))),
      { numRuns: 20_000 },
    );
  });

  it("strings of every kind and length, bytes, doubles", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 200 }),
        fc.uint8Array({ maxLength: 200 }),
        fc.double(),
        (a, b, c) => {
          const all = written((out) => {
            out.string(a);
            out.bytes(b);
            out.double(c);
          });
          const expected = Buffer.concat([
            text.toBuffer(a.toWellFormed()),
            bytes.toBuffer(Buffer.from(b)),
            double.toBuffer(c),
          ]);
          return all.equals(expected);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("a part of a larger buffer; what was large is given back", () => {
    const out = new AvroWriter();
    out.bytes(Buffer.from("abcdef"), 2, 4);
    expect(bytes.fromBuffer(Buffer.from(out.view())).toString()).toBe("cd");
    out.raw(new Uint8Array(5_000_000));
    out.clear();
    expect(out.length).toBe(0);
    expect(out.buffer.length).toBeLessThanOrEqual(1024 * 1024);
  });
});
