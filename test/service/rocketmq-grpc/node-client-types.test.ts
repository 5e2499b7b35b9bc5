import { ConsumeResult, type MessageView } from "rocketmq-client-nodejs";
import { TransactionResolution } from "rocketmq-client-nodejs/proto/apache/rocketmq/v2/definition_pb.js";
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
  backend.allowsAnonymous = false;
  backend.secrets.set("ann", "secret");
  listener = await startMessagingListener({
    backend,
    namespace: "rmq-cn-1",
    limits: { pollMsMax: POLL_MS_MAX },
  });
  clients = new NodeClients(listener.port, { accessKey: "ann", accessSecret: "secret" });
});

afterEach(async () => {
  await clients.close();
  await listener.close();
});

describe("the official Node client, with an account and its namespace", () => {
  it("sends messages of one group, pushed in their order, and a dead letter in the end", async () => {
    backend.declareTopic("ordered", "FIFO");
    backend.declareGroup("steps", { isOrdered: true, maxRetries: 1, retryMs: [1_000] });
    const producer = await clients.producer({ namespace: "rmq-cn-1" });
    for (const body of ["1", "bad", "2", "3"])
      await producer.send({ topic: "ordered", body: Buffer.from(body), messageGroup: "order-7" });
    const seen: string[] = [];
    await clients.pushConsumer(
      { namespace: "rmq-cn-1", consumerGroup: "steps", subscriptions: new Map([["ordered", "*"]]) },
      async ({ body, messageGroup }) => {
        seen.push(`${messageGroup} ${body}`);
        return body.toString() === "bad" ? ConsumeResult.FAILURE : ConsumeResult.SUCCESS;
      },
    );
    await expect
      .poll(() => seen)
      .toEqual(["order-7 1", "order-7 bad", "order-7 bad", "order-7 2", "order-7 3"]);
    expect(backend.deadLetters.map(({ body }) => Buffer.from(body).toString())).toEqual(["bad"]);
  });

  it("sends a message for later, and takes one back", async () => {
    backend.declareTopic("later", "DELAY");
    backend.declareGroup("billing");
    const producer = await clients.producer({ topics: ["later"] });
    const send = (body: string, afterMs: number) =>
      producer.send({
        topic: "later",
        body: Buffer.from(body),
        deliveryTimestamp: new Date(Date.now() + afterMs),
      });
    const recalled = await send("never", 60_000);
    expect(await producer.recallMessage("later", recalled.recallHandle)).toMatchObject({
      messageId: recalled.messageId,
    });
    await expect(producer.recallMessage("later", recalled.recallHandle)).rejects.toThrow("taken back");
    const sentAtMs = Date.now();
    await send("soon", 1_000);
    const consumer = await clients.simpleConsumer({
      consumerGroup: "billing",
      subscriptions: new Map([["later", "*"]]),
    });
    const received: MessageView[] = [];
    while (received.length === 0) received.push(...(await consumer.receive(10, 15_000)));
    expect(received.map(({ body }) => body.toString())).toEqual(["soon"]);
    expect(Date.now() - sentAtMs).toBeGreaterThanOrEqual(990);
    expect(received[0]?.deliveryTimestamp?.getTime()).toBeGreaterThanOrEqual(sentAtMs);
  });

  it("commits a transaction, rolls one back, and is asked about a third", async () => {
    backend.declareTopic("sure", "TRANSACTION");
    backend.declareGroup("billing");
    const asked: string[] = [];
    const producer = await clients.producer({
      topics: ["sure"],
      checker: {
        check: async ({ body }: MessageView) => {
          asked.push(body.toString());
          return TransactionResolution.COMMIT;
        },
      },
    });
    const begin = async (body: string) => {
      const transaction = producer.beginTransaction();
      await producer.send({ topic: "sure", body: Buffer.from(body) }, transaction);
      return transaction;
    };
    await (await begin("committed")).commit();
    await (await begin("rolled back")).rollback();
    await begin("undecided");
    backend.ask("sure");
    await expect
      .poll(() => backend.sent.get("sure")?.map(({ decision }) => decision))
      .toEqual(["COMMIT", "ROLLBACK", "COMMIT"]);
    expect(asked).toEqual(["undecided"]);
    const consumer = await clients.simpleConsumer({
      consumerGroup: "billing",
      subscriptions: new Map([["sure", "*"]]),
    });
    const received = await consumer.receive(10, 15_000);
    expect(received.map(({ body }) => body.toString())).toEqual(["committed", "undecided"]);
  });

  it("shares what is sent among the consumers of a group", async () => {
    backend.declareTopic("orders");
    backend.declareGroup("billing");
    const seen: [string[], string[]] = [[], []];
    const subscriptions = new Map([["orders", "*"]]);
    for (const own of seen)
      await clients.pushConsumer({ consumerGroup: "billing", subscriptions }, async ({ body }) => {
        own.push(body.toString());
        return ConsumeResult.SUCCESS;
      });
    await expect.poll(() => backend.wishes.length).toBeGreaterThanOrEqual(2);
    const producer = await clients.producer();
    const sent = Array.from({ length: 60 }, (_, at) => `${at}`);
    await Promise.all(sent.map((body) => producer.send({ topic: "orders", body: Buffer.from(body) })));
    await expect.poll(() => seen.flat().length).toBe(sent.length);
    expect(new Set(seen.flat())).toEqual(new Set(sent));
  });
});
