import { openSync, writeSync } from "node:fs";
import { Kafka, logLevel } from "kafkajs";

/*
 * A program of its own, so that it can be killed: reads as a consumer group and writes what it reads to a file before it
 * commits, a line each. `start`; `batch <high watermark>`; `<offset> <milliseconds> <value in base64> .`
 */

export interface ReaderOrder {
  readonly broker: string;
  readonly topic: string;
  readonly groupId: string;
  readonly username: string;
  readonly password: string;
  readonly file: string;
}

const order = JSON.parse(process.argv[2] ?? "{}") as ReaderOrder;
const file = openSync(order.file, "a");
// What an earlier process was killed in has no end of line.
writeSync(file, "\nstart\n");

const kafka = new Kafka({
  clientId: "fire-reader",
  brokers: [order.broker],
  logLevel: logLevel.ERROR,
  sasl: { mechanism: "plain", username: order.username, password: order.password },
  retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 1_000 },
});
const consumer = kafka.consumer({ groupId: order.groupId, sessionTimeout: 10_000, maxWaitTimeInMs: 100 });
// After this it reads no more.
consumer.on("consumer.crash", ({ payload }) => {
  if (payload.restart) return;
  console.error(payload.error);
  process.exit(1);
});
await consumer.connect();
await consumer.subscribe({ topics: [order.topic], fromBeginning: true });
await consumer.run({
  autoCommitInterval: 200,
  eachBatch: async ({ batch }) => {
    const lines = batch.messages.map(
      ({ offset, timestamp, value }) => `${offset} ${timestamp} ${value?.toString("base64")} .\n`,
    );
    writeSync(file, `batch ${batch.highWatermark}\n${lines.join("")}`);
  },
});
