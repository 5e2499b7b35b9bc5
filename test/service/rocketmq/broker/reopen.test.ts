import { describe, expect, it } from "vitest";
import { bodies, groupSpec, instanceSpec, TestBroker, topicSpec } from "./support/broker.ts";

describe("a broker that is opened again", () => {
  it("goes on where the groups were: confirmed ones are over, the others come again, with their attempts", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1", "2", "3", "4");
    const [first, second, third] = await broker.receive({ messagesMax: 3, invisibleMs: 10_000 });
    await broker.ack(first as never);
    await broker.ack(third as never);
    await broker.reopen();
    expect(bodies(await broker.receive())).toEqual(["4"]);
    expect(await broker.ack(second as never)).toBe(true);
    await broker.reopen();
    broker.pass(60_000);
    expect(await broker.receive({})).toMatchObject([{ attempt: 2, offset: 3 }]);
  });

  it("hides what was handed out as long as it was, and counts the attempt", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1");
    await broker.receive({ invisibleMs: 10_000 });
    await broker.reopen();
    expect(await broker.receive()).toEqual([]);
    broker.pass(10_001);
    expect(await broker.receive()).toMatchObject([{ attempt: 2 }]);
  });

  it("takes away what ran out of attempts while it was closed", async () => {
    const broker = await TestBroker.open(
      instanceSpec({
        topics: [topicSpec("orders"), topicSpec("dead")],
        groups: [groupSpec("workers", { maxRetries: 0, deadLetterTopic: "dead" })],
      }),
    );
    await broker.send("orders", "1");
    await broker.receive({ invisibleMs: 10_000 });
    broker.clock.move(20_000);
    await broker.reopen();
    expect(bodies(await broker.receive({ topic: "dead", waitMsMax: 5_000 }))).toEqual(["1"]);
  });

  it("has nothing of a topic that was deleted, nor of one that was made again under its name", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1");
    await broker.serve(instanceSpec({ topics: [] }));
    await broker.serve(instanceSpec({ topics: [{ ...topicSpec("orders"), id: "t-again" }] }));
    expect(await broker.receive()).toEqual([]);
    await broker.reopen(instanceSpec());
    expect(await broker.receive()).toEqual([]);
  });

  it("begins a group that was made again where the topic begins", async () => {
    const broker = await TestBroker.open();
    await broker.send("orders", "1");
    const [delivery] = await broker.receive();
    await broker.ack(delivery as never);
    await broker.serve(instanceSpec({ groups: [{ ...groupSpec("workers"), id: "g-again" }] }));
    expect(bodies(await broker.receive())).toEqual(["1"]);
  });
});
