import { openSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, type LogEntry, logLevel } from "kafkajs";

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
  /** What the client does, a line each; for the message of a failure. */
  readonly trace: string;
}

const TRACED_CHARS_MAX = 300;
const AGAIN_MS = 50;
const TRIES_MAX = 1_000;
const CUT: readonly string[] = ["KafkaJSConnectionError", "KafkaJSConnectionClosedError"];

const order = JSON.parse(process.argv[2] ?? "{}") as ReaderOrder;
const file = openSync(order.file, "a");
const trace = openSync(order.trace, "a");
// What an earlier process was killed in has no end of line.
writeSync(file, "\nstart\n");

const kafka = new Kafka({
  clientId: "fire-reader",
  brokers: [order.broker],
  logLevel: logLevel.DEBUG,
  logCreator: () => tell,
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
await begin();
await consumer.run({
  autoCommitInterval: 200,
  eachBatch: async ({ batch }) => {
    const lines = batch.messages.map(
      ({ offset, timestamp, value }) => `${offset} ${timestamp} ${value?.toString("base64")} .\n`,
    );
    writeSync(file, `batch ${batch.highWatermark}\n${lines.join("")}`);
  },
});

/** kafkajs connects again and again, but does not ask again what it asked of a connection that was cut. */
async function begin(): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await consumer.connect();
      return await consumer.subscribe({ topics: [order.topic], fromBeginning: true });
    } catch (error) {
      if (tries === TRIES_MAX || !CUT.includes((error as Error).name)) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

function tell({ namespace, level, log }: LogEntry): void {
  const line = `${namespace} ${JSON.stringify(log)}`;
  if (level <= logLevel.ERROR) console.error(line);
  writeSync(trace, `${line.slice(0, TRACED_CHARS_MAX)}\n`);
}
