import { expect, it } from "vitest";
import { LineError } from "../../../../service/core/threads/line.ts";
import { DeliveryError } from "../../../../service/eventbridge/inflow/failure.ts";
import {
  Blocked,
  Delivery,
  type EventFunction,
  type EventItem,
} from "../../../../service/eventbridge/inflow/flow/delivery.ts";
import { noCounts } from "../../../../service/eventbridge/inflow/flow/figures.ts";
import { retryPolicy } from "../../../../service/eventbridge/inflow/flow/retry-policy.ts";

interface Wish {
  readonly isStrict?: boolean;
  readonly hasQueue?: boolean;
  readonly strategy?: string;
  readonly functions?: readonly EventFunction[];
  /** Called for each try; what it throws fails it. */
  readonly trouble?: (topic: string, texts: readonly string[], tries: number) => void;
  readonly buryTrouble?: (tries: number) => void;
}

/** A delivery to topics that are lists, with a clock of its own. */
function bench({ isStrict = false, hasQueue = false, strategy, functions = [], trouble, buryTrouble }: Wish) {
  const topics: Record<string, string[]> = {};
  const buried: string[] = [];
  const waits: number[] = [];
  const counts = noCounts();
  let [nowMs, tries, buries] = [0, 0, 0];
  const stop = new AbortController();
  const delivery = new Delivery({
    counts,
    functions,
    isStrict,
    failed: () => undefined,
    retry: {
      policy: retryPolicy({ strategy, scale: 1, random: () => 0 }),
      random: () => 0,
      now: () => nowMs,
      wait: async (ms) => {
        nowMs += ms;
        waits.push(ms);
      },
    },
    build(event, key) {
      const {
        topic = "orders",
        text = "",
        bad = false,
      } = event as { topic?: string; text?: string; bad?: boolean };
      if (bad) throw new DeliveryError("TransformFailed", "no message comes of it", true);
      return { topic, message: { body: Buffer.from(text), keys: [], properties: {}, messageGroup: key } };
    },
    async send(topic, messages) {
      const texts = messages.map(({ body }) => Buffer.from(body).toString());
      tries += 1;
      trouble?.(topic, texts, tries);
      topics[topic] = [...(topics[topic] ?? []), ...texts];
    },
    bury: hasQueue
      ? async (items) => {
          buries += 1;
          buryTrouble?.(buries);
          buried.push(...items.map(({ event }) => (event as { text: string }).text));
        }
      : undefined,
  });
  return {
    topics,
    buried,
    waits,
    counts,
    stop,
    deliver: (items: EventItem[]) => delivery.deliver(items, stop.signal),
  };
}

const items = (...texts: string[]): EventItem[] => texts.map((text) => ({ event: { text }, key: text }));
const always = (code: string) => () => {
  throw new DeliveryError(code, "out of order");
};

it("what is well arrives in order, by topic", async () => {
  const { deliver, topics, counts } = bench({});
  await deliver([...items("a", "b"), { event: { topic: "audit", text: "x" }, key: "" }, ...items("c")]);
  expect(topics).toEqual({ orders: ["a", "b", "c"], audit: ["x"] });
  expect(counts).toMatchObject({ sent: 4, failed: 0 });
});

it("MQ-14 runtime: after the last retry an event is in the dead-letter queue, and the task goes on", async () => {
  const { deliver, buried, waits, counts } = bench({ hasQueue: true, trouble: always("SINK_FAILED") });
  await deliver(items("a", "b"));
  expect(waits).toEqual([10_000, 10_000, 10_000]);
  expect(buried).toEqual(["a", "b"]);
  expect(counts).toMatchObject({ sent: 0, failed: 4, deadLettered: 2, dropped: 0 });
});

it("MQ-14 runtime: without a dead-letter queue it is dropped where errors are tolerated, and blocks where not", async () => {
  const tolerant = bench({ trouble: always("SINK_FAILED") });
  await tolerant.deliver(items("a"));
  expect(tolerant.counts).toMatchObject({ dropped: 1, deadLettered: 0 });
  for (const hasQueue of [false, true]) {
    const strict = bench({ isStrict: true, hasQueue, trouble: always("SINK_FAILED") });
    await expect(strict.deliver(items("a"))).rejects.toThrow(Blocked);
    expect(strict.buried).toEqual([]);
    expect(strict.counts).toMatchObject({ dropped: 0, deadLettered: 0 });
  }
});

it("MQ-14 runtime: EXPONENTIAL_DECAY_RETRY goes on for a day", async () => {
  const { deliver, waits, topics } = bench({
    strategy: "EXPONENTIAL_DECAY_RETRY",
    trouble: (_topic, _texts, tries) => {
      if (tries <= 176) throw new DeliveryError("SINK_FAILED", "not yet");
    },
  });
  await deliver(items("a"));
  expect(waits).toHaveLength(176);
  expect(topics.orders).toEqual(["a"]);
});

it("a part of the service that is away fails nothing, however long it takes", async () => {
  const { deliver, topics, counts } = bench({
    trouble: (_topic, _texts, tries) => {
      if (tries <= 500) throw new LineError("CLOSED", "the message thread has gone");
    },
  });
  await deliver(items("a"));
  expect(topics.orders).toEqual(["a"]);
  expect(counts.dropped).toBe(0);
});

it("one message of many that cannot be sent is found, and the others arrive in order", async () => {
  const { deliver, topics, buried, waits } = bench({
    hasQueue: true,
    trouble: (_topic, texts) => {
      if (texts.includes("huge")) throw new LineError("MESSAGE_TOO_LARGE", "too large");
    },
  });
  await deliver(items("a", "b", "c", "huge", "d", "e"));
  expect(topics.orders).toEqual(["a", "b", "c", "d", "e"]);
  expect(buried).toEqual(["huge"]);
  expect(waits).toEqual([]);
});

it("an event of which no message comes is given up alone and at once", async () => {
  const { deliver, topics, buried } = bench({ hasQueue: true });
  await deliver([...items("a"), { event: { text: "bad", bad: true }, key: "" }, ...items("b")]);
  expect(topics.orders).toEqual(["a", "b"]);
  expect(buried).toEqual(["bad"]);
});

it("a dead-letter queue that fails is waited for; one that never takes the event blocks the task", async () => {
  const patient = bench({
    hasQueue: true,
    trouble: always("SINK_FAILED"),
    buryTrouble: (tries) => {
      if (tries <= 300) throw new LineError("TOPIC_NOT_FOUND", "gone for a while");
    },
  });
  await patient.deliver(items("a"));
  expect(patient.buried).toEqual(["a"]);
  const never = bench({
    hasQueue: true,
    trouble: always("SINK_FAILED"),
    buryTrouble: () => {
      throw new LineError("MESSAGE_TOO_LARGE", "too large");
    },
  });
  await expect(never.deliver(items("a"))).rejects.toThrow(/dead-letter queue does not take/);
});

it("MQ-15 runtime: what a function returns goes on: none, one or many, to the topic it names", async () => {
  const split: EventFunction = async (all) =>
    all.flatMap(({ event, key }) => {
      const { text } = event as { text: string };
      if (text === "drop") return [];
      return [
        { event: { text: `${text}1` }, key },
        { event: { text: `${text}2`, topic: "audit" }, key },
      ];
    });
  const { deliver, topics } = bench({ functions: [split, split] });
  await deliver(items("a", "drop", "b"));
  expect(topics).toEqual({ orders: ["a11", "a21", "b11", "b21"], audit: ["a12", "a22", "b12", "b22"] });
});

it("MQ-14 runtime: a function that fails is tried again, then its events are given up", async () => {
  const { deliver, buried, waits } = bench({
    hasQueue: true,
    functions: [
      async () => {
        throw new DeliveryError("FUNCTION_FAILED", "it hangs");
      },
    ],
  });
  await deliver(items("a", "b"));
  expect(waits).toHaveLength(3);
  expect(buried).toEqual(["a", "b"]);
});

it("ends when it is told to, and gives nothing up for that", async () => {
  const one = bench({ trouble: () => one.stop.abort() });
  await expect(
    one.deliver([...items("a"), { event: { topic: "audit", text: "x" }, key: "" }]),
  ).rejects.toThrow();
  expect(one.topics).toEqual({ orders: ["a"] });
  expect(one.counts.dropped).toBe(0);
});

it("a failure that names something endless is told in bounds", () => {
  expect(new DeliveryError("TOPIC_NOT_FOUND", "x".repeat(1_000_000)).message).toHaveLength(2_000);
});
