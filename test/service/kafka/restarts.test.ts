import { Kafka, logLevel } from "kafkajs";
import { expect, it, onTestFinished } from "vitest";
import { startKafkaListener } from "../../../service/kafka/listener.ts";
import { oneGroup } from "../../support/kafka/memory-backend.ts";

/*
 * A subscriber that outlives the listener fetches on with what it was assigned, finds by its heartbeat that nobody knows it
 * any more, and joins anew. It was taken for a second client then, beside the fetching connection of its own, and gave up.
 */
it("a subscriber goes on when the listener was started again", async () => {
  const { backend, topic } = oneGroup();
  const start = (port: number) => startKafkaListener({ backend, clusterId: "c1", port });
  const first = await start(0);
  const kafka = new Kafka({
    clientId: "reader",
    brokers: [`127.0.0.1:${first.port}`],
    sasl: { mechanism: "plain", username: "reader-g1", password: "Secret-123" },
    logLevel: logLevel.NOTHING,
    retry: { retries: 100, initialRetryTime: 20, maxRetryTime: 100 },
  });
  const consumer = kafka.consumer({ groupId: "g1", maxWaitTimeInMs: 50, heartbeatInterval: 300 });
  onTestFinished(() => consumer.disconnect());
  const values: string[] = [];
  const crashes: string[] = [];
  let joins = 0;
  consumer.on("consumer.crash", ({ payload }) => void crashes.push(payload.error.message));
  consumer.on("consumer.group_join", () => {
    joins += 1;
  });
  await consumer.connect();
  await consumer.subscribe({ topic: "changes", fromBeginning: true });
  await consumer.run({
    autoCommitInterval: 20,
    eachMessage: async ({ message }) => void values.push(String(message.value)),
  });
  topic.append(["a"]);
  await expect.poll(() => values).toEqual(["a"]);
  await first.close();
  const second = await start(first.port);
  onTestFinished(() => second.close());
  topic.append(["b"]);
  await expect.poll(() => joins).toBeGreaterThan(1);
  topic.append(["c"]);
  await expect.poll(() => [...new Set(values)]).toEqual(["a", "b", "c"]);
  expect(crashes).toEqual([]);
});

/* Between the start of the listener and the opening of a long log, kafkajs took the topic for unknown, and gave up. */
it("a subscriber that comes before its log was opened waits for it", async () => {
  const { backend, topic } = oneGroup();
  backend.topics.clear();
  const listener = await startKafkaListener({ backend, clusterId: "c1" });
  onTestFinished(() => listener.close());
  const kafka = new Kafka({
    clientId: "reader",
    brokers: [`127.0.0.1:${listener.port}`],
    sasl: { mechanism: "plain", username: "reader-g1", password: "Secret-123" },
    logLevel: logLevel.NOTHING,
    retry: { retries: 100, initialRetryTime: 20, maxRetryTime: 100 },
  });
  const consumer = kafka.consumer({ groupId: "g1", maxWaitTimeInMs: 50 });
  onTestFinished(() => consumer.disconnect());
  topic.append(["a"]);
  const values: string[] = [];
  await consumer.connect();
  setTimeout(() => backend.topics.set(topic.name, topic), 300);
  await consumer.subscribe({ topic: "changes", fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) });
  await expect.poll(() => values).toEqual(["a"]);
});
