import {
  Consumer,
  type ConsumerOptions,
  ListOffsetTimestamps,
  MessagesStreamModes,
  stringDeserializers,
} from "@platformatic/kafka";
import { describe, expect, it, onTestFinished } from "vitest";
import { listenerForTest } from "../../support/kafka/listener.ts";

type Strings = Consumer<string, string, string, string>;

function consumer(brokers: string, options: { password?: string; group?: string } = {}): Strings {
  const { password = "Secret-123", group = "g1" } = options;
  const settings: ConsumerOptions<string, string, string, string> = {
    clientId: "reader",
    groupId: group,
    bootstrapBrokers: [brokers],
    sasl: { mechanism: "PLAIN", username: "reader-g1", password },
    deserializers: stringDeserializers,
    retries: 0,
    maxWaitTime: 100,
  };
  const one = new Consumer(settings);
  onTestFinished(() => one.close(true).catch(() => {}));
  return one;
}

async function read(
  one: Strings,
  count: number,
  mode: string = MessagesStreamModes.COMMITTED,
): Promise<string[]> {
  const stream = await one.consume({
    topics: ["changes"],
    mode: mode as typeof MessagesStreamModes.COMMITTED,
    fallbackMode: "earliest",
    autocommit: false,
    maxWaitTime: 100,
  });
  const values: string[] = [];
  for await (const message of stream) {
    values.push(`${message.offset}:${message.value}`);
    await message.commit();
    if (values.length >= count) break;
  }
  await stream.close();
  return values;
}

describe("@platformatic/kafka", () => {
  it("reads what is there, and goes on from where it committed", async () => {
    const { brokers, topic, backend } = await listenerForTest();
    topic.append(["a", "b"]);
    topic.append(["c"]);
    const first = consumer(brokers);
    expect(await read(first, 3)).toEqual(["0:a", "1:b", "2:c"]);
    await first.close(true);
    expect(backend.positions.get("g1 changes")?.offset).toBe(3);
    topic.append(["d"]);
    expect(await read(consumer(brokers), 1)).toEqual(["3:d"]);
  });

  it("finds offsets by time, at the beginning and at the end", async () => {
    const { brokers, topic } = await listenerForTest();
    topic.append(["old"], 1_700_000_000);
    topic.append(["new"], 1_700_000_010);
    const one = consumer(brokers);
    const at = async (timestamp: bigint) =>
      (await one.listOffsets({ topics: ["changes"], timestamp })).get("changes");
    expect(await at(1_700_000_005n)).toEqual([1n]);
    expect(await at(1_900_000_000n)).toEqual([2n]);
    expect(await at(ListOffsetTimestamps.EARLIEST)).toEqual([0n]);
    expect(await at(ListOffsetTimestamps.LATEST)).toEqual([2n]);
  });

  it("is told of a wrong password, and refused as another group", async () => {
    const { brokers, topic } = await listenerForTest();
    topic.append(["a"]);
    await expect(read(consumer(brokers, { password: "Wrong-Word-9" }), 1)).rejects.toThrow();
    await expect(read(consumer(brokers, { group: "g2" }), 1)).rejects.toThrow();
  });

  it("is refused while another client of the group lives, and welcome when it has gone", async () => {
    const { brokers, topic, listener } = await listenerForTest();
    topic.append(["a"]);
    const first = consumer(brokers);
    expect(await read(first, 1)).toEqual(["0:a"]);
    expect(listener.sessions("g1").clients).toMatchObject([{ clientId: "reader", mode: "SUBSCRIBE" }]);
    const second = consumer(brokers);
    await expect(read(second, 1)).rejects.toThrow();
    expect(listener.sessions("g1").refused).toBe(1);
    await first.close(true);
    topic.append(["b"]);
    expect(await read(consumer(brokers), 1)).toEqual(["1:b"]);
  });
});
