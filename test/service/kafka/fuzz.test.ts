import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apis, byKey } from "../../../service/kafka/apis/apis.ts";
import { readClientId, readHead } from "../../../service/kafka/wire/envelope.ts";
import { includes } from "../../../service/kafka/wire/fields.ts";
import { Frames } from "../../../service/kafka/wire/frames.ts";
import { Reader } from "../../../service/kafka/wire/reader.ts";
import { WireError } from "../../../service/kafka/wire/wire-error.ts";
import { listenerForTest } from "../../support/kafka/listener.ts";
import { framed, RawClient, requestFrame } from "../../support/kafka/raw-client.ts";

/** The long form: `KAFKA_FUZZ_FRAMES=1000000 npx vitest run --project unit test/service/kafka/fuzz.test.ts`, two minutes. */
const FRAMES = Number(process.env.KAFKA_FUZZ_FRAMES ?? 20_000);
const SENT_MAX = 300;
const keys = byKey(apis);

const seeds = apis.flatMap((api) => {
  const topics = [
    { name: "changes", topic: "changes", partitionIndexes: [0], partitions: [{ partition: 0 }] },
  ];
  const request = {
    groupId: "g1",
    memberId: "m",
    topics,
    protocols: [{ name: "range" }],
    groups: api.name === "DescribeGroups" ? ["g1"] : [{ groupId: "g1", topics }],
  };
  return [api.versions.from, api.versions.to].map((version) =>
    requestFrame(api, version, request).subarray(4),
  );
});

type Change = readonly [kind: number, place: number, value: number];

/** Bytes set, cut off, put in and repeated. */
function changed(seed: Buffer, changes: readonly Change[]): Buffer {
  let bytes = Buffer.from(seed);
  for (const [kind, place, value] of changes) {
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    if (kind === 0) bytes[at] = value;
    else if (kind === 1) bytes = bytes.subarray(0, at);
    else if (kind === 2)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(value % 9, value), bytes.subarray(at)]);
    else if (at + 4 <= bytes.length)
      bytes.writeInt32BE([0x7fffffff, -1, -2, 0x10000][value % 4] as number, at);
  }
  return bytes;
}

const change = fc.tuple(fc.nat(3), fc.nat(300), fc.nat(255));
const frame = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 5 }))
      .map(([seed, changes]) => changed(seed, changes)),
  },
);

/** As the connection does it. */
function decode(bytes: Buffer): void {
  const from = new Reader(bytes);
  const head = readHead(from);
  const api = keys.get(head.apiKey);
  if (!api || !includes(api.versions, head.version)) throw new WireError("not served");
  readClientId(from, head.version >= api.flexibleFrom);
  api.request.decode(from, head.version);
}

describe("the decoder", () => {
  it(`takes ${FRAMES} frames of anything and fails with nothing but a WireError`, {
    timeout: 120_000 + FRAMES,
  }, () => {
    let decoded = 0;
    fc.assert(
      fc.property(frame, (bytes) => {
        try {
          decode(bytes);
          decoded += 1;
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: FRAMES },
    );
    expect(decoded).toBeGreaterThan(FRAMES / 50);
  });

  it("makes no list that is larger than what can be in the frame", () => {
    for (const hex of ["7fffffff", "00100000", "00002711"]) {
      const bytes = Buffer.concat([Buffer.from(hex, "hex"), Buffer.alloc(20_000)]);
      expect(() => new Reader(bytes).count(false)).toThrow(WireError);
    }
  });

  it("cuts frames wherever the pieces end", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (all, sizes) => {
          const stream = Buffer.concat(all.map((one) => framed(one)));
          const frames = new Frames(() => 40);
          const got: Buffer[] = [];
          for (let at = 0, index = 0; at < stream.length; index += 1) {
            const size = sizes[index % sizes.length] as number;
            frames.push(stream.subarray(at, at + size));
            at += size;
            for (let next = frames.next(); next; next = frames.next()) got.push(next);
          }
          expect(got.map((one) => one.toString("hex"))).toEqual(
            all.map((one) => Buffer.from(one).toString("hex")),
          );
        },
      ),
    );
  });
});

describe("the listener", () => {
  it("survives frames of anything, logged in or not, and serves on", async () => {
    const { listener, lines } = await listenerForTest();
    for (const bytes of fc.sample(frame, { numRuns: SENT_MAX, seed: 7 })) {
      const client = new RawClient(listener.port);
      if (bytes.length % 2 === 0) await client.login();
      client.socket.end(framed(bytes));
      await client.closed;
    }
    const client = await new RawClient(listener.port).login();
    expect((await client.call("Metadata", 9, { topics: null })).topics).toHaveLength(1);
    expect(lines.filter((line) => line.includes("kafka.request-failed"))).toEqual([]);
  });
});
