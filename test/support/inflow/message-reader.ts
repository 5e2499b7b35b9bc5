import { openSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { SimpleConsumer } from "rocketmq-client-nodejs";

/*
 * A program of its own, so that it can be killed: takes messages by the official client, a consumer for each topic, and
 * writes them to a file before it acknowledges them, a line each: `start`; `<topic> <message in base64> .`
 */

export interface MessageReaderOrder {
  readonly endpoints: string;
  readonly accessKey: string;
  readonly accessSecret: string;
  /** By topic, the group that reads it. */
  readonly groups: Readonly<Record<string, string>>;
  readonly file: string;
  readonly trace: string;
}

const AGAIN_MS = 50;
const START_TRIES_MAX = 200;
const MESSAGES_MAX = 32;
const AWAIT_MS = 1_000;
/** The shortest: so long the messages of a consumer that was killed stay away. */
const INVISIBLE_MS = 10_000;

const order = JSON.parse(process.argv[2] ?? "{}") as MessageReaderOrder;
const file = openSync(order.file, "a");
const trace = openSync(order.trace, "a");
const quiet = { debug() {}, info() {}, warn() {}, error: tell };
// What an earlier process was killed in has no end of line.
writeSync(file, "\nstart\n");

await Promise.all(Object.entries(order.groups).map(([topic, group]) => read(topic, group)));

async function read(topic: string, consumerGroup: string): Promise<never> {
  const consumer = await started(topic, consumerGroup);
  for (;;) {
    try {
      for (const message of await consumer.receive(MESSAGES_MAX, INVISIBLE_MS)) {
        writeSync(file, `${topic} ${message.body.toString("base64")} .\n`);
        // Where it does not come through, the message comes again.
        await consumer.ack(message).catch(tell);
      }
    } catch (error) {
      tell(error);
      await sleep(AGAIN_MS);
    }
  }
}

/** While the service is away no client starts. */
async function started(topic: string, consumerGroup: string): Promise<SimpleConsumer> {
  const { accessKey, accessSecret, endpoints } = order;
  for (let tries = 1; ; tries += 1) {
    const consumer = new SimpleConsumer({
      endpoints,
      namespace: "",
      sessionCredentials: { accessKey, accessSecret },
      consumerGroup,
      subscriptions: new Map([[topic, "*"]]),
      awaitDuration: AWAIT_MS,
      logger: quiet,
    });
    try {
      await consumer.startup();
      return consumer;
    } catch (error) {
      tell(error);
      await consumer.shutdown().catch(tell);
      if (tries === START_TRIES_MAX) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

function tell(...words: unknown[]): void {
  writeSync(trace, `${words.map(String).join(" ").slice(0, 300)}\n`);
}
