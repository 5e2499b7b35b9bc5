/**
 * A process of its own: sends messages with the official client of RocketMQ 5, then receives them, a few passes one after the
 * other. Prints `send seconds count` and `receive seconds count` for each, and waits for a line before each of them.
 */
import { createInterface } from "node:readline";
import { Producer, SimpleConsumer } from "rocketmq-client-nodejs";
import type { ClientOrder } from "./client.ts";

const { access, topic, group, messages, bodyBytes, sending, receiving } = JSON.parse(
  process.argv[2] ?? "",
) as ClientOrder;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const INVISIBLE_MS = 60_000;
/** Apache RocketMQ refuses a receive whose deadline leaves it less than some seconds beyond the wait. */
const AWAIT_MS = 5_000;
const REQUEST_MS_MAX = 10_000;
const BATCH = 32;
/** Receives that end at an empty queue are left out: the rest is taken, but not measured. */
const MEASURED = 0.9;

const common = {
  endpoints: access.address,
  namespace: "",
  logger: silent,
  requestTimeout: REQUEST_MS_MAX,
  ...(access.login && { sessionCredentials: access.login }),
};

const producer = new Producer({ ...common, topics: [topic] });
await producer.startup();
const consumer = new SimpleConsumer({
  ...common,
  consumerGroup: group,
  subscriptions: new Map([[topic, "*"]]),
  awaitDuration: AWAIT_MS,
});
await consumer.startup();
const body = Buffer.alloc(bodyBytes, "x");
const lines = createInterface({ input: process.stdin });

process.stdout.write("ready\n");
for await (const line of lines) {
  if (line === "send") await send();
  else if (line === "receive") await receive();
  else break;
}
process.exit();

async function send(): Promise<void> {
  let left = messages;
  const begin = performance.now();
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await producer.send({ topic, tag: "bench", body });
    }
  };
  await Promise.all(Array.from({ length: sending }, one));
  say("send", begin, messages);
}

async function receive(): Promise<void> {
  let taken = 0;
  let begin = 0;
  let isSaid = false;
  const one = async () => {
    while (taken < messages) {
      const some = await consumer.receive(BATCH, INVISIBLE_MS);
      begin ||= performance.now();
      await Promise.all(some.map((message) => consumer.ack(message)));
      taken += some.length;
      if (isSaid || taken < messages * MEASURED) continue;
      isSaid = true;
      say("receive", begin, taken);
    }
  };
  await Promise.all(Array.from({ length: receiving }, one));
  process.stdout.write("empty\n");
}

function say(what: string, begin: number, count: number): void {
  process.stdout.write(`${what} ${(performance.now() - begin) / 1000} ${count}\n`);
}
