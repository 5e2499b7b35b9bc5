import { type Consumer, Kafka, logLevel } from "kafkajs";
import { describe, expect, it, onTestFinished } from "vitest";
import { listenerForTest } from "../../support/kafka/listener.ts";

interface Options {
  readonly password?: string;
  readonly group?: string;
  readonly clientId?: string;
}

function consumer(brokers: string, options: Options = {}): Consumer {
  const { password = "Secret-123", group = "g1", clientId = "reader" } = options;
  const kafka = new Kafka({
    clientId,
    brokers: [brokers],
    sasl: { mechanism: "plain", username: "reader-g1", password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 1, initialRetryTime: 50 },
  });
  const one = kafka.consumer({
    groupId: group,
    maxWaitTimeInMs: 100,
    retry: { retries: 0, restartOnFailure: async () => false },
  });
  onTestFinished(() => one.disconnect());
  return one;
}

/** Values as `offset:value`, until there are so many; the reading goes on. Rejects when the consumer crashes. */
async function read(one: Consumer, count: number, afterStart?: () => void): Promise<string[]> {
  const values: string[] = [];
  await one.connect();
  await one.subscribe({ topic: "changes", fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    one.on("consumer.crash", ({ payload }) => reject(payload.error));
    const eachMessage = async ({ message }: { message: { offset: string; value: Buffer | null } }) => {
      values.push(`${message.offset}:${message.value}`);
      if (values.length >= count) resolve();
    };
    one.run({ autoCommitInterval: 50, eachMessage }).then(afterStart, reject);
  });
  return values;
}

describe("kafkajs", () => {
  it("reads what is there and what comes, and goes on from where it committed", async () => {
    const { brokers, topic, backend } = await listenerForTest();
    topic.append(["a", "b"]);
    topic.append(["c"]);
    const first = consumer(brokers);
    expect(await read(first, 3)).toEqual(["0:a", "1:b", "2:c"]);
    await first.disconnect();
    expect(backend.positions.get("g1 changes")?.offset).toBe(3);
    const second = consumer(brokers);
    const reading = read(second, 1);
    topic.append(["d"]);
    expect(await reading).toEqual(["3:d"]);
  });

  it("starts from a time", async () => {
    const { brokers, topic } = await listenerForTest();
    topic.append(["old"], 1_700_000_000);
    topic.append(["new"], 1_700_000_010);
    const one = consumer(brokers);
    const kafka = new Kafka({
      clientId: "admin",
      brokers: [brokers],
      sasl: { mechanism: "plain", username: "reader-g1", password: "Secret-123" },
      logLevel: logLevel.NOTHING,
    });
    const admin = kafka.admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    const [found] = await admin.fetchTopicOffsetsByTimestamp("changes", 1_700_000_005);
    expect(found).toEqual({ partition: 0, offset: "1" });
    const later = await admin.fetchTopicOffsetsByTimestamp("changes", 1_900_000_000);
    expect(later).toEqual([{ partition: 0, offset: "2" }]);
    const seek = () => one.seek({ topic: "changes", partition: 0, offset: "1" });
    const values = await read(one, 1, seek);
    expect(values).toContain("1:new");
  });

  it("is told of a wrong password, and the log does not hold it", async () => {
    const { brokers, lines } = await listenerForTest();
    await expect(consumer(brokers, { password: "Wrong-Word-9" }).connect()).rejects.toThrow(
      /SASL PLAIN authentication failed/,
    );
    expect(lines.join()).toContain("kafka.login-refused");
    expect(lines.join()).toContain("which is <account>-<group id>, or the password is wrong");
    expect(lines.join()).not.toContain("Wrong-Word-9");
  });

  it("is refused as another group and on another topic", async () => {
    const { brokers, topic } = await listenerForTest();
    topic.append(["a"]);
    await expect(read(consumer(brokers, { group: "g2" }), 1)).rejects.toThrow(/group/i);
    const one = consumer(brokers);
    await one.connect();
    await expect(one.subscribe({ topic: "others" })).rejects.toThrow(/authorized/);
  });

  it("is refused while another client of the group lives, and welcome when it has gone", async () => {
    const { brokers, topic, listener, backend, lines } = await listenerForTest();
    topic.append(["a"]);
    const first = consumer(brokers);
    await read(first, 1);
    const second = consumer(brokers);
    await expect(read(second, 1)).rejects.toThrow(/max size/);
    expect(lines.join()).toMatch(/kafka.second-client-refused.*reader at 127.0.0.1:\d+ is reading/);
    expect(listener.sessions("g1")).toMatchObject({
      refused: 1,
      clients: [{ clientId: "reader", mode: "SUBSCRIBE" }],
    });
    topic.append(["b"]);
    await expect.poll(() => backend.positions.get("g1 changes")?.offset).toBe(2);
    await first.disconnect();
    expect(listener.sessions("g1").clients).toEqual([]);
    topic.append(["c"]);
    expect(await read(consumer(brokers), 1)).toEqual(["2:c"]);
  });

  it("comes back at once when its process was killed", async () => {
    const { brokers, topic, listener } = await listenerForTest();
    topic.append(["a"]);
    await read(consumer(brokers), 1);
    listener.disconnect("g1");
    expect(await read(consumer(brokers, { clientId: "new" }), 1)).toEqual([expect.stringMatching(/^[01]:/)]);
  });
});
