import { describe, expect, it } from "vitest";
import {
  bodies,
  groupSpec,
  INSTANCE,
  instanceSpec,
  message,
  TestBroker,
  topicSpec,
} from "./support/broker.ts";

const PLACE = { group: "workers", topic: "orders" };

describe("messages are handed out", () => {
  it("whole, as they were sent, with the first attempt", async () => {
    const broker = await TestBroker.open();
    const sent = message({
      body: Buffer.from("paid"),
      tag: "a",
      keys: ["k1", "k2"],
      properties: { region: "north", empty: "" },
      bornAtMs: 1_700_000_000_123,
      wire: { bodyDigestType: 2, bodyDigest: "ff", bodyEncoding: 2, traceContext: "trace" },
    });
    const [receipt] = await broker.backend.send("orders", [sent]);
    expect(receipt).toEqual({ messageId: sent.messageId, offset: 0 });
    const [delivery] = await broker.receive();
    expect(delivery).toMatchObject({ offset: 0, attempt: 1, invisibleMs: 30_000 });
    expect({ ...delivery?.message, body: Buffer.from(delivery?.message.body ?? []) }).toEqual(sent);
  });

  it("to one client of a group each, and to every group", async () => {
    const broker = await TestBroker.open(
      instanceSpec({ groups: [groupSpec("workers"), groupSpec("others")] }),
    );
    await broker.send("orders", "1", "2", "3");
    expect(bodies(await broker.receive({ messagesMax: 2 }))).toEqual(["1", "2"]);
    expect(bodies(await broker.receive({ clientId: "client-2" }))).toEqual(["3"]);
    expect(bodies(await broker.receive())).toEqual([]);
    expect(bodies(await broker.receive({ group: "others" }))).toEqual(["1", "2", "3"]);
  });

  it("to one who waits, as soon as there is one", async () => {
    const broker = await TestBroker.open();
    const waiting = broker.receive({ waitMsMax: 60_000 });
    await broker.send("orders", "1");
    expect(bodies(await waiting)).toEqual(["1"]);
  });

  it("to nobody who has gone: they are the next one's, and no attempt was made", async () => {
    const broker = await TestBroker.open();
    const gone = new AbortController();
    const waiting = broker.receive({ waitMsMax: 60_000 }, gone.signal);
    gone.abort();
    expect(await waiting).toEqual([]);
    await broker.send("orders", "1");
    expect(await broker.receive()).toMatchObject([{ attempt: 1 }]);
  });

  it("again when they were not confirmed in their time, with the attempts counted", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1");
    const [first] = await broker.receive({ invisibleMs: 10_000 });
    broker.pass(9_000);
    expect(await broker.receive()).toEqual([]);
    broker.pass(1_001);
    const [second] = await broker.receive();
    expect(second).toMatchObject({ attempt: 2 });
    expect(await broker.ack(first as never)).toBe(false);
    expect(await broker.ack(second as never)).toBe(true);
    broker.pass(60_000);
    expect(await broker.receive()).toEqual([]);
  });

  it("never again once they are confirmed; a second time confirms nothing", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1");
    const [delivery] = await broker.receive();
    expect(await broker.ack(delivery as never)).toBe(true);
    expect(await broker.ack(delivery as never)).toBe(false);
    expect(await broker.backend.ack(PLACE, "no handle")).toBe(false);
  });

  it("later, when a client puts them off", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1");
    const [delivery] = await broker.receive({ invisibleMs: 10_000 });
    const handle = await broker.backend.changeInvisible(PLACE, delivery?.handle ?? "", 60_000);
    expect(handle).not.toBe(delivery?.handle);
    expect(await broker.ack(delivery as never)).toBe(false);
    broker.pass(50_000);
    expect(await broker.receive()).toEqual([]);
    broker.pass(10_001);
    expect(await broker.receive()).toMatchObject([{ attempt: 2 }]);
  });
});

describe("retries", () => {
  it("[RMQ-5] of push consumers come by the group's own steps behind their time, simple consumers' at once", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1");
    await broker.receive({ invisibleMs: 10_000, isPush: true });
    broker.pass(10_900);
    expect(await broker.receive()).toEqual([]);
    broker.pass(101);
    expect(await broker.receive({ invisibleMs: 10_000, isPush: true })).toMatchObject([{ attempt: 2 }]);
    broker.pass(14_900);
    expect(await broker.receive()).toEqual([]);
    broker.pass(101);
    expect(await broker.receive()).toMatchObject([{ attempt: 3 }]);
  });

  it("[RMQ-4] end in the dead-letter topic, with the properties and where they come from", async () => {
    const broker = await TestBroker.open(
      instanceSpec({
        topics: [topicSpec("orders"), topicSpec("dead")],
        groups: [groupSpec("workers", { maxRetries: 1, deadLetterTopic: "dead" }), groupSpec("undertakers")],
      }),
    );
    const [{ messageId } = { messageId: "" }] = await broker.send("orders", {
      tag: "a",
      properties: { region: "north" },
    });
    const waiting = broker.receive({ group: "undertakers", topic: "dead", waitMsMax: 60_000 });
    for (const attempt of [1, 2]) {
      expect(await broker.receive({ invisibleMs: 10_000 })).toMatchObject([{ attempt }]);
      broker.pass(10_001);
    }
    expect(await broker.receive()).toEqual([]);
    expect(await waiting).toMatchObject([
      {
        attempt: 1,
        message: {
          messageId,
          tag: "a",
          properties: {
            region: "north",
            DLQ_ORIGIN_TOPIC: "orders",
            DLQ_ORIGIN_MESSAGE_ID: messageId,
            DLQ_ORIGIN_GROUP: "workers",
          },
        },
      },
    ]);
  });

  it("[RMQ-4] end in nothing where the group names no dead-letter topic, and are counted", async () => {
    const broker = await TestBroker.open(instanceSpec({ groups: [groupSpec("workers", { maxRetries: 0 })] }));
    await broker.send("orders", "1");
    await broker.receive({ invisibleMs: 10_000 });
    broker.pass(10_001);
    await expect
      .poll(async () => (await broker.broker.figures(INSTANCE))?.groups[0]?.topics[0])
      .toMatchObject({
        discarded: 1,
        deadLettered: 0,
        ready: 0,
        inflight: 0,
      });
  });

  it("are given up when a client says so", async () => {
    const broker = await TestBroker.open(
      instanceSpec({
        topics: [topicSpec("orders"), topicSpec("dead")],
        groups: [groupSpec("workers", { deadLetterTopic: "dead" })],
      }),
    );
    await broker.send("orders", "1");
    const [delivery] = await broker.receive();
    expect(await broker.backend.forwardToDeadLetters(PLACE, delivery?.handle ?? "")).toBe(true);
    expect(await broker.ack(delivery as never)).toBe(false);
    expect(bodies(await broker.receive({ topic: "dead", waitMsMax: 5_000 }))).toEqual(["1"]);
  });

  it("lose nothing while the dead-letter topic is not there", async () => {
    const groups = [groupSpec("workers", { maxRetries: 0, deadLetterTopic: "dead" })];
    const broker = await TestBroker.open(instanceSpec({ groups }));
    await broker.send("orders", "1");
    await broker.receive({ invisibleMs: 10_000 });
    broker.pass(10_001);
    await expect
      .poll(async () => (await broker.broker.figures(INSTANCE))?.groups[0]?.notes)
      .toEqual([expect.stringContaining("the dead-letter topic dead of workers is not there")]);
    await broker.serve(instanceSpec({ groups, topics: [topicSpec("orders"), topicSpec("dead")] }));
    broker.pass(5_001);
    expect(bodies(await broker.receive({ topic: "dead", waitMsMax: 5_000 }))).toEqual(["1"]);
  });
});

describe("what is not declared", () => {
  it("[RMQ-9] a group is refused, and no group is made", async () => {
    const broker = await TestBroker.open();
    await expect(broker.receive({ group: "strangers" })).rejects.toMatchObject({ code: "GROUP_NOT_FOUND" });
    expect(broker.backend.group("strangers")).toBeUndefined();
  });

  it("[RMQ-9] a group is made where the settings let it", async () => {
    const broker = await TestBroker.open(instanceSpec({ makesGroups: true }));
    broker.makeGroup = groupSpec;
    await broker.send("orders", "1");
    expect(broker.backend.group("strangers")).toMatchObject({ isOrdered: false, maxRetries: 16 });
    expect(bodies(await broker.receive({ group: "strangers" }))).toEqual(["1"]);
  });

  it("a topic is refused", async () => {
    const broker = await TestBroker.open();
    await expect(broker.receive({ topic: "none" })).rejects.toMatchObject({ code: "TOPIC_NOT_FOUND" });
    await expect(broker.send("none", "1")).rejects.toThrow(/has no topic "none"/);
  });
});
