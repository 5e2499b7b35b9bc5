/* The whole task: the real room with its real thread, between changes in memory and a sink that tests hold. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { FUNCTION_ARN, read, sink, started, stream, withSink, withSource } from "../support/service.ts";
import { refusal, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = new World();
  await world.start();
});
afterEach(() => world.stop());

const call = (action: string, params: Record<string, string>) => world.service.call(action, params);
const row = { Body: { Form: "JSONPATH", Value: "$.data.afterImage.row.id" } };
const named = { EventStreamingName: "s" };
const whole = { Sink: withSink(row), Source: withSource({ InitCheckPoint: undefined }) };

async function run(more: Record<string, unknown> = {}): Promise<void> {
  await call("CreateEventStreaming", stream("s", { ...whole, ...more }));
  expect(await started(world.service.call, "s")).toMatchObject({ Status: "RUNNING" });
}
const status = async () => (await read(world.service.call, "s")).Status;
const texts = (ids: readonly number[]) => ids.map(String);
const arrivedAll = (ids: readonly number[], topic?: string) =>
  expect.poll(() => world.texts(topic), { timeout: 10_000 }).toEqual(texts(ids));

it("carries changes to the topic in order, records its offset behind them, and says how far it is", async () => {
  const ids = world.insert(50);
  await run();
  await arrivedAll(ids);
  await expect.poll(() => world.committed()).toBe(world.topic.endOffset);
  await expect
    .poll(async () => (await read(world.service.call, "s")).DetailedStatus, { timeout: 3_000 })
    .toMatchObject({ DiffOffset: 0, DelayTime: 0 });
});

it("MQ-2 runtime: no send of a running task holds more than the batch's messages", async () => {
  const ids = world.insert(25);
  await run({ RunOptions: { BatchWindow: { CountBasedWindow: 10, TimeBasedWindow: 1 } } });
  await arrivedAll(ids);
  expect(Math.max(...world.sends)).toBe(10);
});

it("MQ-3 runtime: what waits in a batch leaves after the interval", async () => {
  await run({ RunOptions: { BatchWindow: { CountBasedWindow: 10_000, TimeBasedWindow: 1 } } });
  // The thread has started when these are there.
  const first = world.insert(1);
  await arrivedAll(first);
  const sinceMs = performance.now();
  const ids = world.insert(3);
  await arrivedAll([...first, ...ids]);
  const waitedMs = performance.now() - sinceMs;
  expect(waitedMs).toBeGreaterThan(700);
  expect(waitedMs).toBeLessThan(3_000);
});

it("MQ-5 runtime: the consumer offset counts the first time, later the recorded one does", async () => {
  world.insert(2, "before", 1_100);
  const ids = world.insert(2, "from here", 1_500);
  await run({ Source: withSource({ InitCheckPoint: "1500" }) });
  await arrivedAll(ids);
  await call("PauseEventStreaming", named);
  const later = world.insert(2, "later", 1_600);
  // No effect any more.
  await call(
    "UpdateEventStreaming",
    stream("s", { ...whole, Source: withSource({ InitCheckPoint: "1000" }) }),
  );
  await started(world.service.call, "s");
  await arrivedAll([...ids, ...later]);
});

it("MQ-13 runtime: paused it sends nothing and keeps its place, edited it goes on as it is now", async () => {
  const first = world.insert(3);
  await run();
  await arrivedAll(first);
  await call("PauseEventStreaming", named);
  expect(await status()).toBe("PAUSED");
  const second = world.insert(3);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(world.texts()).toEqual(texts(first));
  await started(world.service.call, "s");
  await arrivedAll([...first, ...second]);
  const tagged = withSink({ ...row, Topic: { Form: "CONSTANT", Value: "audit" } });
  await call("UpdateEventStreaming", stream("s", { ...whole, Sink: tagged }));
  expect(await status()).toBe("RUNNING");
  await expect.poll(() => world.committed()).toBe(world.topic.endOffset);
  const third = world.insert(2);
  await arrivedAll(third, "audit");
});

it("MQ-12 runtime: what the pattern keeps back is not sent, and the offset passes it", async () => {
  world.insert(3, "dull");
  const ids = world.insert(2, "shiny");
  world.insert(3, "dull");
  await run({ FilterPattern: JSON.stringify({ data: { afterImage: { row: { name: ["shiny"] } } } }) });
  await arrivedAll(ids);
  await expect.poll(() => world.committed(), { timeout: 6_000 }).toBe(world.topic.endOffset);
});

it("MQ-14 runtime: after the last retry the raw event is in the dead-letter topic, and the task goes on", async () => {
  world.trouble = (topic, messages) => {
    if (topic === "orders" && messages.some(({ body }) => Buffer.from(body).toString() === "2"))
      throw refusal("SINK_FAILED");
  };
  const DeadLetterQueue = { Arn: "acs:mq:cn-hangzhou:1:/instances/rmq-cn-5/topic/audit" };
  const BatchWindow = { CountBasedWindow: 1, TimeBasedWindow: 0 };
  world.insert(3);
  await run({ RunOptions: { ErrorsTolerance: "ALL", DeadLetterQueue, BatchWindow } });
  await arrivedAll([1, 3]);
  const [letter] = world.texts("audit").map((text) => JSON.parse(text));
  expect(letter).toMatchObject({ source: "acs.dts", data: { afterImage: { row: { id: 2 } } } });
  expect(world.arrived.find(({ topic }) => topic === "audit")?.properties).toMatchObject({
    DEAD_LETTER_REASON: expect.stringContaining("SINK_FAILED"),
  });
});

it("MQ-14 runtime: a task that tolerates no error stops at the event, is Ready with the reason, and goes on there", async () => {
  let isBroken = true;
  world.trouble = () => {
    if (isBroken) throw refusal("SINK_FAILED");
  };
  const ids = world.insert(3);
  await run();
  await expect.poll(status, { timeout: 5_000 }).toBe("READY");
  const { DetailedStatus } = await read(world.service.call, "s");
  expect(DetailedStatus.Extensions?.ErrorMessage).toContain("SINK_FAILED");
  isBroken = false;
  await started(world.service.call, "s");
  await arrivedAll(ids);
});

it("MQ-15 runtime: a function gets the batch, and what it returns goes to the topic that it names", async () => {
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => {
      text += piece;
    });
    request.on("end", () => {
      const events = JSON.parse(text) as { data: { afterImage: { row: { id: number } } } }[];
      const kept = events.filter(({ data }) => data.afterImage.row.id !== 2);
      response.end(JSON.stringify(kept.flatMap((event) => [event, { ...event, rocketmqtopic: "audit" }])));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  await world.stop();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await world.start({ rooms: { eventbridge: { functions: { [FUNCTION_ARN]: url } } } });
  world.insert(3);
  await run({ Transforms: [{ Arn: FUNCTION_ARN }] });
  await arrivedAll([1, 3]);
  await arrivedAll([1, 3], "audit");
});

it("lines that are cut, again and again, lose nothing and turn nothing round", async () => {
  await run({ RunOptions: { BatchWindow: { CountBasedWindow: 7, TimeBasedWindow: 0 } } });
  const ids: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    ids.push(...world.insert(20));
    await new Promise((resolve) => setTimeout(resolve, 15));
    world.cutLines();
  }
  await expect.poll(() => new Set(world.texts()).size, { timeout: 20_000 }).toBe(ids.length);
  const firstTimes = [...new Set(world.texts())];
  expect(firstTimes).toEqual(texts(ids));
});

it("an ordered topic gets message groups, another one none", async () => {
  world.trouble = (topic, messages) => {
    const isGrouped = messages.some(({ messageGroup }) => messageGroup !== undefined);
    if (isGrouped !== (topic === "orders")) throw refusal("MESSAGE_TYPE");
  };
  const ids = world.insert(3);
  await run({ Sink: withSink({ ...row, DeliveryOrderType: { Form: "CONSTANT", Value: "Orderly" } }) });
  await arrivedAll(ids);
  expect(new Set(world.arrived.map(({ messageGroup }) => messageGroup)).size).toBe(1);
});

it("a stream to RocketMQ 4.x runs, moves nothing, and says so", async () => {
  world.insert(1);
  const old = { ...sink.SinkRocketMQParameters, InstanceId: { Form: "CONSTANT", Value: "MQ_INST_4" } };
  await run({
    Sink: { SinkRocketMQParameters: { ...old, InstanceType: { Form: "CONSTANT", Value: "Cloud_4" } } },
  });
  const { DetailedStatus } = await read(world.service.call, "s");
  expect(DetailedStatus.Extensions?.ErrorMessage).toContain("not moved by the local service");
  expect(world.committed()).toBeUndefined();
});
