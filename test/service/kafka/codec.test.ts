import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apis, byKey } from "../../../service/kafka/apis/apis.ts";
import { type Field, type Fields, includes } from "../../../service/kafka/wire/fields.ts";
import { Message } from "../../../service/kafka/wire/message.ts";
import { Reader } from "../../../service/kafka/wire/reader.ts";
import { Writer } from "../../../service/kafka/wire/writer.ts";

const RUNS = 25;

/** Any value of a field, as decoding gives it in this version: what the version lacks has its fallback. */
function anyValue(field: Field<unknown>, version: number): fc.Arbitrary<unknown> {
  if (!includes(field.versions, version)) return fc.constant(field.fallback);
  const value = anyPresentValue(field, version);
  return includes(field.nullable, version) ? fc.option(value, { freq: 4 }) : value;
}

function anyPresentValue(field: Field<unknown>, version: number): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "bool":
      return fc.boolean();
    case "int8":
      return fc.integer({ min: -128, max: 127 });
    case "int16":
      return fc.integer({ min: -32_768, max: 32_767 });
    case "int32":
      return fc.integer();
    case "int64":
      return fc.maxSafeInteger();
    case "string":
      return fc.string({ unit: "grapheme", maxLength: 200 });
    case "bytes":
      return fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    case "records":
      return fc.uint8Array({ maxLength: 300 }).map((bytes) => [Buffer.from(bytes)]);
    case "array":
      return fc.array(anyPresentValue(field.element as Field<unknown>, version), { maxLength: 4 });
    case "struct":
      return anyStruct(field.fields ?? {}, version);
  }
}

function anyStruct(fields: Fields, version: number): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return fc.record(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, anyValue(field, version)])),
  );
}

const messages = apis.flatMap((api) =>
  Array.from(
    { length: api.versions.to - api.versions.from + 1 },
    (_, index) => api.versions.from + index,
  ).flatMap((version) => [
    { title: `${api.name} ${version} request`, version, message: api.request },
    { title: `${api.name} ${version} answer`, version, message: api.answer },
  ]),
);

describe("every message in every version", () => {
  it.each(messages)("$title: what was encoded is decoded", ({ message, version }) => {
    fc.assert(
      fc.property(anyStruct(message.fields, version), (value) => {
        const to = new Writer();
        message.encode(to, version, value);
        const length = to.length;
        const bytes = Buffer.concat(to.finish());
        expect(bytes.length).toBe(length);
        const from = new Reader(bytes);
        expect(message.decode(from, version)).toEqual(value);
        expect(from.remaining).toBe(0);
      }),
      { numRuns: RUNS },
    );
  });

  it("has the length it has with Apache Kafka's clients", () => {
    // Heartbeat 4 of kafka-clients: group "g", generation 7, member "m", no instance, no tags.
    const to = new Writer();
    apis
      .find(({ name }) => name === "Heartbeat")
      ?.request.encode(to, 4, { groupId: "g", generationId: 7, memberId: "m" });
    expect(Buffer.concat(to.finish()).toString("hex")).toBe("0267" + "00000007" + "026d" + "00" + "00");
  });

  it("skips tags it does not know, and stops at what is no message", () => {
    const heartbeat = apis.find(({ name }) => name === "Heartbeat") as (typeof apis)[number];
    const bytes = Buffer.from("0267" + "00000007" + "026d" + "00" + "01" + "05" + "02" + "ffff", "hex");
    expect(heartbeat.request.decode(new Reader(bytes), 4)).toMatchObject({ groupId: "g", memberId: "m" });
    for (const hex of [
      "",
      "02",
      "0067",
      "ffffffffff",
      "0267" + "00000007" + "026d" + "00" + "01" + "05" + "7f",
    ]) {
      expect(() => heartbeat.request.decode(new Reader(Buffer.from(hex, "hex")), 4)).toThrow(
        expect.objectContaining({ code: "MALFORMED" }),
      );
    }
  });
});

describe("the list of APIs", () => {
  it("has the versions that are offered, and fails on a duplicate", () => {
    const listed = apis.map(({ name, key, versions }) => `${name} ${key} ${versions.from}-${versions.to}`);
    expect(listed).toMatchInlineSnapshot(`
      [
        "Produce 0 0-9",
        "Fetch 1 4-12",
        "ListOffsets 2 0-6",
        "Metadata 3 0-9",
        "OffsetCommit 8 1-8",
        "OffsetFetch 9 0-8",
        "FindCoordinator 10 0-4",
        "JoinGroup 11 0-7",
        "Heartbeat 12 0-4",
        "LeaveGroup 13 0-4",
        "SyncGroup 14 0-5",
        "DescribeGroups 15 0-5",
        "ListGroups 16 0-4",
        "SaslHandshake 17 0-1",
        "ApiVersions 18 0-3",
        "SaslAuthenticate 36 0-2",
      ]
    `);
    expect(() => byKey([...apis, apis[0] as (typeof apis)[number]])).toThrow(/both have the key 0/);
  });

  it("gives each message its own fields", () => {
    expect(new Set(apis.flatMap(({ request, answer }) => [request, answer])).size).toBe(2 * apis.length);
    expect(apis.every(({ request }) => request instanceof Message)).toBe(true);
  });
});
