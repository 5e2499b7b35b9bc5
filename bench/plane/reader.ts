/**
 * A process of its own: reads as a group with kafkajs. Says `{ "ready": true }` when it reads, and how late rows came, in
 * milliseconds, when it has read as many as it was asked for; rows that are not timed are only counted.
 */
import { Kafka, logLevel } from "kafkajs";
import { decodeRecord } from "../../records/index.ts";
import { percentile } from "../harness/figures.ts";
import type { ReadOrder, ReadReport } from "./read.ts";

process.once("message", (order: ReadOrder) => {
  read(order).then(
    (report) => process.send?.({ report }),
    (error: Error) => process.send?.({ failed: error.message }),
  );
});

async function read({ access, rows, isTimed, leftOut }: ReadOrder): Promise<ReadReport> {
  const kafka = new Kafka({
    clientId: "bench",
    brokers: [access.broker],
    logLevel: logLevel.NOTHING,
    sasl: { mechanism: "plain", username: access.user, password: access.password },
  });
  const consumer = kafka.consumer({ groupId: access.groupId, maxWaitTimeInMs: 500, minBytes: 1 });
  await consumer.connect();
  await consumer.subscribe({ topics: [access.topic], fromBeginning: true });
  const lateMs: number[] = [];
  let count = 0;
  consumer.on("consumer.group_join", () => process.send?.({ ready: true }));
  await new Promise<void>((resolve, reject) => {
    consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
    consumer
      .run({
        // As often as the DTS SDK; by default kafkajs waits for a durable commit behind each batch.
        autoCommitInterval: 5_000,
        eachBatch: async ({ batch }) => {
          const nowMs = performance.timeOrigin + performance.now();
          for (const { value } of batch.messages) {
            if (!isTimed) count += 1;
            else {
              const { operation, after } = decodeRecord(value as Buffer);
              if (operation !== "INSERT") continue;
              count += 1;
              if (count > leftOut) lateMs.push(nowMs - Number.parseFloat(String(after?.note)));
            }
          }
          if (count >= rows) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  if (lateMs.length === 0) return { p50Ms: 0, p99Ms: 0 };
  return { p50Ms: percentile(lateMs, 50), p99Ms: percentile(lateMs, 99) };
}
