import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CaptureError } from "../../../../../service/dts/capture/capture.ts";
import { jsonText } from "../../../../../service/dts/capture/mysql/json.ts";
import { Undone } from "../../../../../service/dts/capture/mysql/undone.ts";
import { recordsOfFile } from "../../../../support/dts/binlog-file.ts";
import { seededPick } from "../../../../support/fire.ts";

const recorded = (name: string) =>
  readFileSync(new URL(`../../../../fixtures/binlog/${name}`, import.meta.url));
const compressed = recorded("mysql-8.0.28-compressed.bin");
const plain = recorded("mysql-5.7.21-checksum.bin");

it("reads a transaction that MySQL 8.0 has compressed", () => {
  const records = recordsOfFile(compressed);
  expect(records.map(({ operation }) => operation)).toEqual(["BEGIN", "UPDATE", "COMMIT"]);
  const [, update] = records;
  expect(update).toMatchObject({ objectName: "demo.movies", sourceTimestamp: 1_646_406_641 });
  expect(update?.fields).toHaveLength(11);
  expect(update?.before?.[2]).toEqual({ Integer: { precision: 4, value: "1968" } });
  expect(update?.before?.[4]).toEqual({ Character: { charset: "UTF-8", value: Buffer.from("Western") } });
  expect(update?.after?.[4]).toEqual({
    Character: { charset: "UTF-8", value: Buffer.from("Western|Action") },
  });
});

it("reads transactions of MySQL 5.7, and names columns by their places where nothing tells their names", () => {
  const records = recordsOfFile(plain);
  expect(records.map(({ operation }) => operation).join(" ")).toBe(
    "BEGIN INSERT COMMIT BEGIN INSERT COMMIT BEGIN INSERT COMMIT",
  );
  const [, insert] = records;
  expect(insert?.objectName).toBe("simu_file_dev.folder");
  expect(insert?.fields.slice(0, 2)).toEqual([
    { name: "@1", dataTypeNumber: 3 },
    { name: "@2", dataTypeNumber: 253 },
  ]);
  expect(insert?.after?.[0]).toEqual({ Integer: { precision: 4, value: "12300113" } });
  expect(insert?.after?.[1]).toEqual({ Character: { charset: "", value: Buffer.from("test2") } });
  expect(insert?.after?.[4]).toEqual({ Timestamp: { timestamp: 1_525_422_719, millis: 0 } });
});

it("refuses bytes that a disk or a network has altered", () => {
  const altered = Buffer.from(plain);
  altered[450] = (altered[450] as number) ^ 1;
  expect(() => recordsOfFile(altered)).toThrow(
    /the checksum of the event of type 30 that ends at 486 is wrong/,
  );
});

it("rows that were taken back are left out when they are read again", () => {
  const undone = new Undone();
  undone.add("binlog.000001", 517, 879);
  const records = recordsOfFile(plain, { undone });
  expect(records.map(({ operation }) => operation).join(" ")).toBe("BEGIN INSERT COMMIT BEGIN INSERT COMMIT");
});

it("reads JSON as MySQL stores it", () => {
  const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
  const object = `00 0200 2800 1200 0400 1600 0400 0c1a00 0c2100 ${Buffer.from("key1key2\x06value1\x06value2").toString("hex")}`;
  expect(jsonText(hex(object))).toBe('{"key1": "value1", "key2": "value2"}');
  expect(jsonText(hex("00 0100 0c00 0b00 0100 05d204 61"))).toBe('{"a": 1234}');
  expect(jsonText(hex("02 0300 0d00 040000 040100 05ffff"))).toBe("[null, true, -1]");
  expect(jsonText(hex("0b 000000000000f03f"))).toBe("1.0");
  expect(jsonText(hex("0f f6 04 04028f32"))).toBe("15.50");
  expect(jsonText(Buffer.alloc(0))).toBe("null");
});

/** The same log without checksums, so that altered bytes get as far as the decoders. */
function withoutChecksums(bytes: Buffer): Buffer {
  const events: Buffer[] = [bytes.subarray(0, 4)];
  for (let at = 4; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at + 9);
    const isFormat = bytes[at + 4] === 15;
    const event = Buffer.from(bytes.subarray(at, at + size - (isFormat ? 0 : 4)));
    if (isFormat) event[event.length - 5] = 0;
    event.writeUInt32LE(event.length, 9);
    events.push(event);
    at += size;
  }
  return Buffer.concat(events);
}

it("altered bytes are refused with a code, or read; nothing else happens", () => {
  const random = seededPick(7);
  const logs = [withoutChecksums(compressed), withoutChecksums(plain)];
  expect(recordsOfFile(logs[1] as Buffer)).toHaveLength(9);
  const others: string[] = [];
  for (let round = 0; round < 1_500; round += 1) {
    const log = Buffer.from(logs[round % 2] as Buffer);
    for (let count = 0; count <= random(4); count += 1) log[4 + random(log.length - 4)] = random(256);
    try {
      recordsOfFile(log);
    } catch (error) {
      if (!(error instanceof CaptureError)) others.push(String((error as Error).stack).slice(0, 400));
    }
  }
  expect([...new Set(others)].slice(0, 5)).toEqual([]);
});

it("altered JSON is refused with a code, or read", () => {
  const random = seededPick(11);
  const others: string[] = [];
  const sample = Buffer.from(
    `000200280012000400160004000c1a000c2100${Buffer.from("key1key2\x06value1\x06value2").toString("hex")}`,
    "hex",
  );
  for (let round = 0; round < 20_000; round += 1) {
    const value = Buffer.from(sample.subarray(0, 1 + random(sample.length)));
    for (let count = 0; count <= random(5); count += 1) value[random(value.length)] = random(256);
    try {
      jsonText(value);
    } catch (error) {
      if (!(error instanceof CaptureError)) others.push(String(error));
    }
  }
  expect([...new Set(others)]).toEqual([]);
});
