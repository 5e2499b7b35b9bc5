import { ConsumeResult, FilterExpression, type MessageView } from "rocketmq-client-nodejs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MessagingListener, startMessagingListener } from "../../../service/rocketmq-grpc/listener.ts";
import { MemoryBackend } from "../../support/messaging/memory-backend.ts";
import { NodeClients } from "../../support/messaging/node-clients.ts";

/** A push consumer waits for its last receive before it ends. */
const POLL_MS_MAX = 1_500;

let backend: MemoryBackend;
let listener: MessagingListener;
let clients: NodeClients;

beforeEach(async () => {
  backend = new MemoryBackend();
  backend.declareTopic("orders");
  backend.declareGroup("billing");
  listener = await startMessagingListener({
    backend,
    namespace: "rmq-cn-1",
    limits: { pollMsMax: POLL_MS_MAX },
  });
  clients = new NodeClients(listener.port);
});

afterEach(async () => {
  await clients.close();
  await listener.close();
});

const all = new Map([["orders", "*"]]);
const message = (body: string) => ({ topic: "orders", body: Buffer.from(body) });

describe("the official Node client", () => {
  it("sends a message that a simple consumer receives whole and confirms", async () => {
    const producer = await clients.producer();
    const receipt = await producer.send({
      ...message("hello"),
      tag: "paid",
      keys: ["order-7"],
      properties: new Map([["region", "north"]]),
    });
    const consumer = await clients.simpleConsumer({ consumerGroup: "billing", subscriptions: all });
    const [received] = await consumer.receive(10, 15_000);
    expect(received?.messageId).toBe(receipt.messageId);
    expect(received?.body.toString()).toBe("hello");
    expect(received).toMatchObject({ tag: "paid", keys: ["order-7"], deliveryAttempt: 1, topic: "orders" });
    expect(received?.properties.get("region")).toBe("north");
    expect(received?.corrupted).toBeUndefined();
    await consumer.ack(received as MessageView);
    await expect(consumer.ack(received as MessageView)).rejects.toThrow("counts no longer");
    expect(await consumer.receive(10, 15_000)).toEqual([]);
  });

  it("starts with many topics, though its settings are answered while it still asks for their routes", async () => {
    const topics = Array.from({ length: 30 }, (_, index) => backend.declareTopic(`orders-${index}`));
    const subscriptions = new Map(topics.map((name) => [name, "*"]));
    await clients.simpleConsumer({ consumerGroup: "billing", subscriptions });
    expect(backend.present[0]?.subscriptions).toHaveLength(30);
  });

  it("hides a message for longer, under a new handle", async () => {
    const producer = await clients.producer();
    await producer.send(message("slow"));
    const consumer = await clients.simpleConsumer({ consumerGroup: "billing", subscriptions: all });
    const [received] = await consumer.receive(10, 15_000);
    const before = received?.receiptHandle;
    await consumer.changeInvisibleDuration(received as MessageView, 20_000);
    expect(received?.receiptHandle).not.toBe(before);
    await consumer.ack(received as MessageView);
  });

  it("pushes messages to a listener, and again after the group's step where it failed", async () => {
    const attempts: (number | undefined)[] = [];
    const startedAtMs = Date.now();
    await clients.pushConsumer({ consumerGroup: "billing", subscriptions: all }, async (received) => {
      attempts.push(received.deliveryAttempt);
      return attempts.length < 3 ? ConsumeResult.FAILURE : ConsumeResult.SUCCESS;
    });
    const producer = await clients.producer();
    await producer.send(message("try"));
    await expect.poll(() => attempts).toEqual([1, 2, 3]);
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(2_000);
    expect(backend.wishes[0]).toMatchObject({ isPush: true, invisibleMs: 60_000 });
  });

  it("filters by tags and by SQL", async () => {
    const producer = await clients.producer();
    for (const tag of ["a", "b", "c"])
      await producer.send({ ...message(tag), tag, properties: new Map([["is", tag]]) });
    const received = async (filter: FilterExpression | string) => {
      const group = backend.declareGroup(`group-${backend.groups.size}`);
      const subscriptions = new Map([["orders", filter]]);
      const consumer = await clients.simpleConsumer({ consumerGroup: group, subscriptions });
      return (await consumer.receive(10, 15_000)).map(({ body }) => body.toString());
    };
    expect(await received("a || c")).toEqual(["a", "c"]);
    const { FilterType } = await import("rocketmq-client-nodejs/proto/apache/rocketmq/v2/definition_pb.js");
    expect(await received(new FilterExpression("is = 'b'", FilterType.SQL))).toEqual(["b"]);
  });

  it("is told that there is no such topic, and no such group", async () => {
    await expect(clients.producer({ topics: ["nothing"] })).rejects.toMatchObject({
      cause: { cause: { message: expect.stringContaining("no topic is called nothing") } },
    });
    await expect(
      clients.simpleConsumer({ consumerGroup: "nobody", subscriptions: all }),
    ).rejects.toMatchObject({
      cause: { message: expect.stringContaining("no consumer group is called nobody") },
    });
  });
});
