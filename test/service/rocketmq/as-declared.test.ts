import { ConsumeResult, type MessageView } from "rocketmq-client-nodejs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enums } from "../../../service/rocketmq-grpc/wire/generated/enums.ts";
import type { NodeClients } from "../../support/messaging/node-clients.ts";
import { codeOf, firstOf } from "../../support/messaging/raw-client.ts";
import { until } from "../dts/support/wait.ts";
import { groupNames } from "./support/service.ts";
import { consumerSettings, type MessageWorld, openMessageWorld, texts } from "./support/world.ts";

/* How the official client meets what a group is declared with. Waits are real, so the tests run side by side. */

let world: MessageWorld;
let clients: NodeClients;
beforeAll(async () => {
  world = await openMessageWorld();
  clients = await world.clients();
});
afterAll(() => world.close());

const fixed = (fixedIntervalRetryTime: number, maxRetryTimes: number, deadLetterTargetTopic?: string) => ({
  retryPolicy: "FixedRetryPolicy",
  fixedIntervalRetryTime,
  maxRetryTimes,
  ...(deadLetterTargetTopic === undefined ? {} : { deadLetterTargetTopic }),
});

interface Seen {
  readonly text: string;
  readonly attempt: number;
  readonly atMs: number;
}

/** A push consumer; `fails` says which message fails. Returns what it sees. */
async function push(group: string, topic: string, fails: (seen: Seen) => boolean): Promise<Seen[]> {
  const all: Seen[] = [];
  const consume = async ({ body, deliveryAttempt = 0 }: MessageView) => {
    const seen = { text: body.toString(), attempt: deliveryAttempt, atMs: Date.now() };
    all.push(seen);
    return fails(seen) ? ConsumeResult.FAILURE : ConsumeResult.SUCCESS;
  };
  await clients.pushConsumer({ consumerGroup: group, subscriptions: new Map([[topic, "*"]]) }, consume);
  return all;
}

async function send(topic: string, ...messages: readonly (string | [group: string, body: string])[]) {
  const producer = await clients.producer();
  for (const message of messages) {
    const [messageGroup, body] = typeof message === "string" ? [undefined, message] : message;
    await producer.send({ topic, body: Buffer.from(body), ...(messageGroup && { messageGroup }) });
  }
}

const simple = (consumerGroup: string, topic: string) =>
  clients.simpleConsumer({ consumerGroup, subscriptions: new Map([[topic, "*"]]) });

const forms = (all: readonly Seen[]) => all.map(({ text, attempt }) => `${text} ${attempt}`);

/** Between the deliveries of one message, in ms. */
const gaps = (all: readonly Seen[], text: string) => {
  const times = all.filter((one) => one.text === text).map(({ atMs }) => atMs);
  return times.slice(1).map((atMs, at) => atMs - (times[at] ?? 0));
};

const LONG = { timeout: 60_000 };

describe.concurrent("what a group is declared with", () => {
  it(
    "RMQ-3 runtime: ordered, a message that fails holds up those behind it of its message group alone",
    LONG,
    async () => {
      await world.topic("steps", "FIFO");
      await world.group("in-order", { deliveryOrderType: "Orderly", consumeRetryPolicy: fixed(1, 5) });
      await send("steps", ["a", "a1"], ["a", "a2"], ["b", "b1"], ["a", "a3"], ["b", "b2"]);
      const seen = await push("in-order", "steps", ({ text, attempt }) => text === "a1" && attempt < 3);
      await until(
        async () => seen.length,
        (count) => count >= 7,
      );
      const of = (name: string) => forms(seen).filter((form) => form.startsWith(name));
      expect(of("a")).toEqual(["a1 1", "a1 2", "a1 3", "a2 1", "a3 1"]);
      expect(of("b")).toEqual(["b1 1", "b2 1"]);
      const at = (form: string) => forms(seen).indexOf(form);
      expect(at("b2 1")).toBeLessThan(at("a1 2"));
    },
  );

  it("RMQ-3 runtime: concurrent, nothing waits for a message that fails", LONG, async () => {
    await world.topic("parts", "FIFO");
    await world.group("side-by-side", { consumeRetryPolicy: fixed(10, 1) });
    await send("parts", ["a", "a1"], ["a", "a2"], ["a", "a3"]);
    const seen = await push("side-by-side", "parts", ({ text }) => text === "a1");
    await until(
      async () => seen.length,
      (count) => count >= 3,
    );
    expect(forms(seen).toSorted()).toEqual(["a1 1", "a2 1", "a3 1"]);
  });

  it("RMQ-4 runtime: after its last retry a message goes to the dead-letter topic", LONG, async () => {
    await world.topic("letters", "FIFO");
    await world.topic("dead");
    await world.group("failing", { deliveryOrderType: "Orderly", consumeRetryPolicy: fixed(1, 2, "dead") });
    await world.group("undertakers");
    await send("letters", ["a", "bad"], ["a", "good"]);
    const seen = await push("failing", "letters", ({ text }) => text === "bad");
    const undertaker = await simple("undertakers", "dead");
    const [letter] = await until(
      () => undertaker.receive(8, 20_000),
      (messages) => messages.length > 0,
    );
    expect(texts([letter as MessageView])).toEqual(["bad"]);
    expect(letter?.properties.get("DLQ_ORIGIN_GROUP")).toBe("failing");
    await until(
      async () => seen.length,
      (count) => count >= 4,
    );
    expect(forms(seen)).toEqual(["bad 1", "bad 2", "bad 3", "good 1"]);
    const report = await until(
      () => world.groupReport("failing"),
      (one) => one?.topics[0]?.inflight === 0,
    );
    expect(report?.topics).toMatchObject([{ topic: "letters", deadLettered: 1, discarded: 0 }]);
  });

  it(
    "RMQ-4 runtime: without such a topic it is discarded, with no retry after the first attempt",
    LONG,
    async () => {
      await world.topic("notes", "FIFO");
      await world.group("once", { deliveryOrderType: "Orderly", consumeRetryPolicy: fixed(1, 0) });
      await send("notes", ["a", "bad"], ["a", "good"]);
      const seen = await push("once", "notes", ({ text }) => text === "bad");
      await until(
        async () => seen.length,
        (count) => count >= 2,
      );
      expect(forms(seen)).toEqual(["bad 1", "good 1"]);
      const report = await until(
        () => world.groupReport("once"),
        (one) => one?.topics[0]?.discarded === 1,
      );
      expect(report?.topics).toMatchObject([{ topic: "notes", deadLettered: 0, discarded: 1 }]);
    },
  );

  it("RMQ-5 runtime: push consumers wait the group's interval, ordered and concurrent", LONG, async () => {
    await world.topic("ticks", "FIFO");
    await world.topic("orders");
    await world.group("each-2s", { deliveryOrderType: "Orderly", consumeRetryPolicy: fixed(2, 9) });
    await world.group("each-10s", { consumeRetryPolicy: fixed(10, 9) });
    await send("ticks", ["a", "tick"]);
    await send("orders", "order");
    const ordered = await push("each-2s", "ticks", ({ attempt }) => attempt < 3);
    const concurrent = await push("each-10s", "orders", ({ attempt }) => attempt < 2);
    await until(
      async () => [ordered.length, concurrent.length],
      ([one = 0, other = 0]) => one > 2 && other > 1,
    );
    for (const gap of gaps(ordered, "tick")) expect(gap).within(1_950, 6_000);
    for (const gap of gaps(concurrent, "order")) expect(gap).within(9_950, 15_000);
  });

  it("RMQ-5 runtime: simple consumers wait their own invisible time", LONG, async () => {
    await world.topic("marks", "FIFO");
    await world.group("own-time", { deliveryOrderType: "Orderly", consumeRetryPolicy: fixed(600, 9) });
    await send("marks", ["a", "one"]);
    const consumer = await simple("own-time", "marks");
    const [first] = await consumer.receive(1, 10_000);
    const receivedAtMs = Date.now();
    const again = await until(
      () => consumer.receive(1, 10_000),
      (messages) => messages.length > 0,
    );
    expect(Date.now() - receivedAtMs).within(9_500, 14_000);
    expect(again.map(({ messageId, deliveryAttempt }) => [messageId, deliveryAttempt])).toEqual([
      [first?.messageId, 2],
    ]);
    await consumer.changeInvisibleDuration(again[0] as MessageView, 1_000);
    const changedAtMs = Date.now();
    const third = await until(
      () => consumer.receive(1, 10_000),
      (messages) => messages.length > 0,
    );
    expect(Date.now() - changedAtMs).within(900, 5_000);
    expect(third.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([3]);
  });

  it(
    "RMQ-9 runtime: a group that is not declared gets an error, and is not there afterwards",
    LONG,
    async () => {
      await world.topic("mail");
      const options = { consumerGroup: "nobody", subscriptions: new Map([["mail", "*"]]) };
      const alone = await world.clients();
      await expect(alone.simpleConsumer(options)).rejects.toThrow(/nobody/);
      // At once: this client does not give up by itself.
      await alone.close();
      // The official one goes on trying, and ends its process when it is closed meanwhile.
      const raw = await world.rawClient();
      const pushed = raw.telemetry();
      pushed.on("error", () => undefined);
      pushed.write(consumerSettings("nobody", ["mail"], { clientType: enums.ClientType.PUSH_CONSUMER }));
      expect(codeOf(await firstOf(pushed))).toBe("CONSUMER_GROUP_NOT_FOUND");
      expect(await groupNames(world.roa, world.id)).not.toContain("nobody");
    },
  );
});

it("RMQ-9 runtime: with the setting on, a client's group is made and shown", LONG, async () => {
  const lenient = await openMessageWorld({ settings: { rooms: { rocketmq: { autoCreateGroups: true } } } });
  try {
    await lenient.topic("orders");
    const own = await lenient.clients();
    await (await own.producer()).send({ topic: "orders", body: Buffer.from("one") });
    const subscriptions = new Map([["orders", "*"]]);
    const consumer = await own.simpleConsumer({ consumerGroup: "made-up", subscriptions });
    const [message] = await consumer.receive(1, 20_000);
    expect(texts([message as MessageView])).toEqual(["one"]);
    expect(await groupNames(lenient.roa, lenient.id)).toEqual(["made-up"]);
    const { data } = await lenient.roa("GET", `${lenient.path}/consumerGroups/made-up`);
    expect(data).toMatchObject({ deliveryOrderType: "Concurrently", status: "RUNNING" });
  } finally {
    await lenient.close();
  }
});
