/**
 * A process of its own that takes messages of a topic as a group, and confirms them. Says `{ "ready": true }` when it asks, and a
 * report when it has as many as it was asked for. A body begins with the milliseconds at which its row was written.
 */
import { createHmac } from "node:crypto";
import { credentials, Metadata, makeGenericClientConstructor } from "@grpc/grpc-js";
import { SimpleConsumer } from "rocketmq-client-nodejs";
import { serviceMethods } from "../../service/rocketmq-grpc/wire/wire.ts";
import { percentile } from "../harness/figures.ts";
import type { ReceiveOrder, ReceiveReport } from "./receive.ts";

const INVISIBLE_SECONDS = 60;
const AWAIT_SECONDS = 5;
const DEADLINE_MS = 15_000;
const BATCH = 32;
const RECEIVING = 4;

interface Answer {
  readonly message?: {
    readonly body: Uint8Array;
    readonly systemProperties: { readonly messageId: string; readonly receiptHandle: string };
  } | null;
}

/** Takes some, hands their bodies to `took`, and confirms them. */
type Take = (took: (bodies: readonly Uint8Array[]) => void) => Promise<void>;

process.once("message", (order: ReceiveOrder) => {
  receive(order).then(
    (report) => process.send?.({ report }),
    (error: Error) => process.send?.({ failed: error.message }),
  );
});

async function receive(order: ReceiveOrder): Promise<ReceiveReport> {
  const take = order.client === "official" ? await official(order) : raw(order);
  const lateMs: number[] = [];
  let count = 0;
  let beganAtMs = 0;
  let measuredAtMs = 0;
  const took = (bodies: readonly Uint8Array[]) => {
    const nowMs = performance.timeOrigin + performance.now();
    for (const body of bodies) {
      count += 1;
      if (count <= order.leftOut) continue;
      beganAtMs ||= nowMs;
      lateMs.push(
        nowMs - Number.parseFloat(Buffer.from(body.buffer, body.byteOffset, 20).toString("latin1")),
      );
    }
    measuredAtMs = nowMs;
  };
  const one = async () => {
    while (count < order.messages) await take(took);
  };
  process.send?.({ ready: true });
  await Promise.race(Array.from({ length: RECEIVING }, one));
  return {
    messagesPerSecond: (count - order.leftOut) / ((measuredAtMs - beganAtMs) / 1000),
    p50Ms: percentile(lateMs, 50),
    p99Ms: percentile(lateMs, 99),
  };
}

async function official({ access, topic, group }: ReceiveOrder): Promise<Take> {
  const consumer = new SimpleConsumer({
    endpoints: access.address,
    namespace: "",
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    ...(access.login && { sessionCredentials: access.login }),
    consumerGroup: group,
    subscriptions: new Map([[topic, "*"]]),
    awaitDuration: AWAIT_SECONDS * 1000,
  });
  await consumer.startup();
  return async (took) => {
    const some = await consumer.receive(BATCH, INVISIBLE_SECONDS * 1000);
    took(some.map(({ body }) => body));
    await Promise.all(some.map((message) => consumer.ack(message)));
  };
}

/** The published calls as they are, all messages of a receive confirmed by one call. */
function raw({ access, topic, group }: ReceiveOrder): Take {
  const methods = serviceMethods();
  const Service = makeGenericClientConstructor(methods, "");
  const client = new Service(access.address, credentials.createInsecure());
  const { ReceiveMessage: receiving, AckMessage: acking } = methods;
  if (!receiving || !acking) throw new Error("the published calls are not there");
  const place = { group: { name: group }, topic: { name: topic } };
  return async (took) => {
    const wish = {
      group: place.group,
      messageQueue: { topic: place.topic },
      filterExpression: { type: 1, expression: "*" },
      batchSize: BATCH,
      invisibleDuration: { seconds: INVISIBLE_SECONDS },
      longPollingTimeout: { seconds: AWAIT_SECONDS },
    };
    const entries: { messageId: string; receiptHandle: string }[] = [];
    const bodies: Uint8Array[] = [];
    const stream = client.makeServerStreamRequest(
      receiving.path,
      receiving.requestSerialize,
      receiving.responseDeserialize as (bytes: Buffer) => Answer,
      wish,
      signed(access.login),
      { deadline: Date.now() + DEADLINE_MS },
    );
    for await (const { message } of stream as AsyncIterable<Answer>) {
      if (!message) continue;
      bodies.push(message.body);
      entries.push(message.systemProperties);
    }
    if (entries.length === 0) return;
    took(bodies);
    await new Promise<void>((resolve, reject) => {
      client.makeUnaryRequest(
        acking.path,
        acking.requestSerialize,
        acking.responseDeserialize,
        { ...place, entries },
        signed(access.login),
        { deadline: Date.now() + DEADLINE_MS },
        (error: Error | null) => (error ? reject(error) : resolve()),
      );
    });
  };
}

function signed(login: ReceiveOrder["access"]["login"]): Metadata {
  const metadata = new Metadata();
  const at = `${new Date().toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
  metadata.set("x-mq-client-id", `bench-${process.pid}`);
  metadata.set("x-mq-date-time", at);
  if (!login) return metadata;
  const signature = createHmac("sha1", login.accessSecret).update(at).digest("hex").toUpperCase();
  metadata.set(
    "authorization",
    `MQv2-HMAC-SHA1 Credential=${login.accessKey}, SignedHeaders=x-mq-date-time, Signature=${signature}`,
  );
  return metadata;
}
