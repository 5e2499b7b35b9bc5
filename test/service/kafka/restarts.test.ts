import { connect, createServer } from "node:net";
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

/*
 * kafkajs 2.2.4 keeps what it had of an answer when its connection is reset, and takes the first answers to the next
 * connection for the rest. It waits for a login then that it will never see answered.
 */
it("a subscriber that was reset inside an answer goes on when the time for its login is over", async () => {
  const { backend, topic } = oneGroup();
  const place = { host: "127.0.0.1", port: 0 };
  const reasons: unknown[] = [];
  const listener = await startKafkaListener({
    backend,
    clusterId: "c1",
    advertised: place,
    limits: { loginMsMax: 500 },
    log: (_level, _event, { reason }) => void reasons.push(reason),
  });
  onTestFinished(() => listener.close());
  place.port = await resettingOnce(listener.port, 1_000_000);
  const kafka = new Kafka({
    clientId: "reader",
    brokers: [`${place.host}:${place.port}`],
    sasl: { mechanism: "plain", username: "reader-g1", password: "Secret-123" },
    logLevel: logLevel.NOTHING,
    retry: { retries: 100, initialRetryTime: 20, maxRetryTime: 100 },
  });
  const consumer = kafka.consumer({ groupId: "g1", maxWaitTimeInMs: 50 });
  onTestFinished(() => consumer.disconnect());
  const lengths: unknown[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: "changes", fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void lengths.push(message.value?.length) });
  topic.append(["x".repeat(3_000_000)]);
  await expect.poll(() => lengths).toEqual([3_000_000]);
  expect(reasons).toContain("no login in time");
});

/** The port of a way to `port` that resets the first connection which has had so many bytes. */
async function resettingOnce(port: number, bytes: number): Promise<number> {
  let isDone = false;
  const server = createServer((client) => {
    const behind = connect(port, "127.0.0.1");
    client.pipe(behind);
    client.on("error", () => behind.destroy());
    client.on("close", () => behind.destroy());
    behind.on("error", () => client.destroy());
    behind.on("close", () => client.destroy());
    let sent = 0;
    behind.on("data", (piece) => {
      sent += piece.length;
      client.write(piece);
      if (isDone || sent < bytes) return;
      isDone = true;
      behind.destroy();
      client.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}
