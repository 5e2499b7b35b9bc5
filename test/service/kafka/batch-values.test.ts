import { expect, it } from "vitest";
import { valuesOf } from "../../../service/kafka/batch-values.ts";
import { RecordBatch } from "../../../service/kafka/record-batch.ts";

function batchOf(values: readonly string[], baseOffset: number): Uint8Array {
  const batch = new RecordBatch();
  for (const value of values) batch.add(Buffer.from(value));
  return batch.seal(baseOffset, 1_795_784_000_000);
}

const read = (bytes: Uint8Array) =>
  [...valuesOf(bytes)].map(({ offset, value }) => `${offset}:${Buffer.from(value).toString()}`);

it("values of several batches come with their offsets, whatever their sizes", () => {
  const large = "x".repeat(300_000);
  const bytes = Buffer.concat([batchOf(["a", "", "c"], 5), batchOf([large], 70_000)]);
  expect(read(bytes)).toEqual(["5:a", "6:", "7:c", `70000:${large}`]);
  const many = Array.from({ length: 1_000 }, (_, index) => String(index));
  expect(read(batchOf(many, 2 ** 33)).at(-1)).toBe(`${2 ** 33 + 999}:999`);
});

it("bytes that end too early are an error at every length", () => {
  const whole = batchOf(["abc", "def"], 0);
  for (let length = 1; length < whole.length; length += 1) {
    expect(() => read(whole.slice(0, length))).toThrow(RangeError);
  }
});
