import { type Consumer, Kafka, logLevel } from "kafkajs";
import { afterEach, describe, expect, it } from "vitest";
import { type KafkaListener, startKafkaListener } from "../../../service/kafka/listener.ts";
import { oneGroup } from "../../support/kafka/memory-backend.ts";

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

async function start() {
  const { backend, topic } = oneGroup();
  const listener = await startKafkaListener({ backend, clusterId: "c1" });
  ended.push(() => listener.close());
  return { backend, topic, listener };
}

function consumer(
  listener: KafkaListener,
  options: { password?: string; group?: string; clientId?: string } = {},
) {
  const { password = "Secret-123", group = "g1", clientId = "reader" } = options;
  const kafka = new Kafka({
    clientId,
    brokers: [`127.0.0.1:${listener.port}`],
    sasl: { mechanism: "plain", username: "reader-g1", password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 1, initialRetryTime: 50 },
  });
  const one = kafka.consumer({ groupId: group, maxWaitTimeInMs: 100, retry: { retries: 0 } });
  ended.push(() => one.disconnect());
  return one;
}

async function read(
  one: Consumer,
  count: number,
  options: { fromBeginning?: boolean } = {},
): Promise<string[]> {
  const values: string[] = [];
  await one.connect();
  await one.subscribe({ topic: "changes", fromBeginning: options.fromBeginning ?? true });
  await new Promise<void>((resolve, reject) => {
    one.on("consumer.crash", ({ payload }) => reject(payload.error));
    one
      .run({
        autoCommitInterval: 50,
        eachMessage: async ({ message }) => {
          values.push(`${message.offset}:${message.value}`);
          if (values.length >= count) resolve();
        },
      })
      .catch(reject);
  });
  return values;
}

describe("kafkajs", () => {
  it("reads what is there and what comes, and goes on from where it committed", async () => {
    const { listener, topic, backend } = await start();
    topic.append(["a", "b"]);
    topic.append(["c"]);
    const first = consumer(listener);
    expect(await read(first, 3)).toEqual(["0:a", "1:b", "2:c"]);
    await first.disconnect();
    expect(backend.positions.get("g1 changes")?.offset).toBe(3);
    topic.append(["d"]);
    const second = consumer(listener);
    expect(await read(second, 1)).toEqual(["3:d"]);
  });
});
