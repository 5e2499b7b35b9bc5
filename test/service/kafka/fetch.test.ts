import { describe, expect, it } from "vitest";
import { listenerForTest } from "../../support/kafka/listener.ts";
import { RawClient } from "../../support/kafka/raw-client.ts";

const LONG_MS = 20_000;

describe("Fetch", () => {
  it("sends batches as they are, in all versions", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a", "b"]);
    topic.append(["c"]);
    const stored = Buffer.concat((await topic.read(0, 1_000_000)).batches);
    const client = await new RawClient(listener.port).login();
    for (let version = 4; version <= 12; version += 1) {
      const answer = await client.fetch(0, { version });
      expect(answer).toMatchObject({ errorCode: 0, highWatermark: 3 });
      expect(answer.records).toEqual(stored);
    }
    expect(listener.sessions("g1")).toMatchObject({ fetchedOffset: 3, clients: [{ mode: "ASSIGN" }] });
  });

  it("one batch at least, however large; else no more than asked for", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["x".repeat(50_000)]);
    topic.append(["y".repeat(50_000)]);
    const client = await new RawClient(listener.port).login();
    const { records } = await client.fetch(0, { bytesMax: 10 });
    expect(records.includes("x")).toBe(true);
    expect(records.includes("y")).toBe(false);
    expect((await client.fetch(0)).records.includes("y")).toBe(true);
  });

  it("many small batches, and a batch of 20 MB", async () => {
    const { listener, topic } = await listenerForTest();
    for (let index = 0; index < 2_000; index += 1) topic.append([`value ${index}`]);
    topic.append([Buffer.alloc(20_000_000, 7)]);
    const client = await new RawClient(listener.port).login();
    const small = (await client.fetch(0)).records;
    expect(small).toEqual(Buffer.concat((await topic.read(0, 1_000_000)).batches));
    expect((await client.fetch(2_000)).records.length).toBeGreaterThan(20_000_000);
  });

  it("waits for what comes, and answers with nothing when the time is over", async () => {
    const { listener, topic } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    expect((await client.fetch(0, { waitMs: 20 })).records).toHaveLength(0);
    const waiting = client.fetch(0, { waitMs: LONG_MS });
    topic.append(["a"]);
    expect((await waiting).records.includes("a")).toBe(true);
  });

  it("waits until there is as much as was asked for", async () => {
    const { listener, topic } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    topic.append(["first"]);
    const waiting = client.fetch(0, { waitMs: LONG_MS, minBytes: 1_000 });
    topic.append(["second".repeat(300)]);
    expect((await waiting).records.includes("second")).toBe(true);
  });

  it("outside the range is an error at once", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"]);
    topic.append(["b"]);
    topic.trim(1);
    const client = await new RawClient(listener.port).login();
    expect(await client.fetch(0, { waitMs: LONG_MS })).toMatchObject({
      errorCode: 1,
      logStartOffset: 1,
      highWatermark: 2,
    });
    expect(await client.fetch(3, { waitMs: LONG_MS })).toMatchObject({ errorCode: 1 });
  });

  it("what cannot be read is an error that clients try again", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"]);
    topic.read = () => Promise.reject(new Error("the disk is broken"));
    const client = await new RawClient(listener.port).login();
    expect(await client.fetch(0)).toMatchObject({ errorCode: 56 });
  });

  it("makes no fetch sessions", async () => {
    const { listener } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    expect(await client.call("Fetch", 7, { sessionId: 0, sessionEpoch: 0 })).toMatchObject({
      errorCode: 0,
      sessionId: 0,
    });
    expect(await client.call("Fetch", 7, { sessionId: 5, sessionEpoch: 1 })).toMatchObject({ errorCode: 70 });
    expect(await client.call("Fetch", 12, { sessionId: 0, sessionEpoch: 3 })).toMatchObject({
      errorCode: 71,
    });
  });

  it("answers requests that were sent together in their order", async () => {
    const { listener, topic } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    const fetched = client.fetch(0, { waitMs: LONG_MS });
    // The client fails when an answer carries another request's number.
    const beaten = client.call("Heartbeat", 0, { groupId: "g1" });
    topic.append(["a"]);
    expect((await fetched).records.includes("a")).toBe(true);
    expect((await beaten).errorCode).toBe(25);
  });
});
