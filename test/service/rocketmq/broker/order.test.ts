import { describe, expect, it } from "vitest";
import { bodies, groupSpec, instanceSpec, TestBroker, topicSpec } from "./support/broker.ts";

const groups = [groupSpec("workers", { isOrdered: true, maxRetries: 1 }), groupSpec("others")];
const spec = instanceSpec({ topics: [topicSpec("orders", "FIFO")], groups });
const of = (messageGroup: string, text: string) => ({ messageGroup, body: Buffer.from(text) });

describe("[RMQ-3] an ordered group", () => {
  it("gets one message of each message group at a time, in the order in which they were sent", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("orders", of("a", "a1"), of("a", "a2"), of("b", "b1"), of("a", "a3"));
    const first = await broker.receive();
    expect(bodies(first)).toEqual(["a1", "b1"]);
    expect(await broker.receive()).toEqual([]);
    await broker.ack(first[0] as never);
    const second = await broker.receive();
    expect(bodies(second)).toEqual(["a2"]);
    await broker.ack(second[0] as never);
    expect(bodies(await broker.receive())).toEqual(["a3"]);
  });

  it("waits for a message that fails with those behind it, and with those of its message group alone", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("orders", of("a", "a1"), of("a", "a2"), of("b", "b1"));
    expect(bodies(await broker.receive({ invisibleMs: 10_000 }))).toEqual(["a1", "b1"]);
    await broker.send("orders", of("c", "c1"));
    expect(bodies(await broker.receive({ invisibleMs: 60_000 }))).toEqual(["c1"]);
    broker.pass(10_001);
    expect(bodies(await broker.receive({ invisibleMs: 10_000 }))).toEqual(["a1", "b1"]);
    broker.pass(10_001);
    // No attempt is left: it makes way.
    expect(bodies(await broker.receive({ waitMsMax: 5_000 }))).toEqual(["a2"]);
  });

  it("wakes one who waits when the one before is confirmed", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("orders", of("a", "a1"), of("a", "a2"));
    const [first] = await broker.receive();
    const waiting = broker.receive({ waitMsMax: 60_000 });
    await broker.ack(first as never);
    expect(bodies(await waiting)).toEqual(["a2"]);
  });

  it("keeps the order when it is opened again", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("orders", of("a", "a1"), of("a", "a2"), of("a", "a3"));
    const [first] = await broker.receive();
    await broker.reopen();
    expect(await broker.receive()).toEqual([]);
    await broker.ack(first as never);
    const [second] = await broker.receive();
    expect(bodies([second as never])).toEqual(["a2"]);
    await broker.reopen();
    expect(await broker.receive()).toEqual([]);
    await broker.ack(second as never);
    expect(bodies(await broker.receive())).toEqual(["a3"]);
  });

  it("beside a concurrent group, which gets all at once", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("orders", of("a", "a1"), of("a", "a2"));
    expect(bodies(await broker.receive({ group: "others" }))).toEqual(["a1", "a2"]);
  });

  it("is ordered from when it is made so, and concurrent from when it is not", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("orders", of("a", "a1"), of("a", "a2"));
    expect(bodies(await broker.receive())).toEqual(["a1"]);
    await broker.serve({ ...spec, groups: [groupSpec("workers")] });
    expect(bodies(await broker.receive())).toEqual(["a2"]);
    await broker.send("orders", of("a", "a3"));
    await broker.serve(spec);
    expect(await broker.receive()).toEqual([]);
  });
});
