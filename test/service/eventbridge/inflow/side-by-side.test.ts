/* Tasks beside each other, in the real thread: what is slow or fails holds up itself alone. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { FUNCTION_ARN, group, read, started, stream, withSink, withSource } from "../support/service.ts";
import { refusal, World } from "./support/world.ts";

const HEALTHY = ["a", "b", "c", "d"];
const ROWS = 2_000;
/** Over all of them, on a machine that is busy with other work; the hanging function has 30 s, and nobody is to wait for it. */
const HEALTHY_MS_MAX = 20_000;

it("a function that hangs, a sink that fails and one that is slow slow no other task, and end when they are told", async () => {
  const hanging = createServer((request) => void request.resume());
  await new Promise<void>((resolve) => hanging.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void hanging.close().closeAllConnections());
  const url = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`;
  const world = new World();
  await world.start({ rooms: { eventbridge: { functions: { [FUNCTION_ARN]: url } } } });
  onTestFinished(() => world.stop());
  let isOver = false;
  world.trouble = async (_, [message]) => {
    if (message?.tag === "failing") throw refusal("SINK_FAILED");
    if (message?.tag === "slow" && !isOver) await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const { call, groups } = world.service;
  const make = async (name: string, more: object = {}) => {
    groups.set(`group-${name}`, { ...group, groupId: `group-${name}`, groupName: name });
    const Sink = withSink({
      Body: { Form: "JSONPATH", Value: "$.data.afterImage.row.id" },
      Tags: { Form: "CONSTANT", Value: name },
    });
    const Source = withSource({ Sid: `group-${name}`, InitCheckPoint: undefined });
    await call("CreateEventStreaming", stream(name, { Sink, Source, ...more }));
    expect(await started(call, name)).toMatchObject({ Status: "RUNNING" });
  };
  const arrived = (name: string) => world.arrived.filter(({ tag }) => tag === name).map(({ text }) => text);
  const one = { BatchWindow: { CountBasedWindow: 1, TimeBasedWindow: 0 } };

  const first = world.insert(10);
  // More of them than one function is called at once.
  const hung = Array.from({ length: 10 }, (_, index) => `hanging-${index}`);
  for (const name of hung) await make(name, { Transforms: [{ Arn: FUNCTION_ARN }] });
  const decay = { PushRetryStrategy: "EXPONENTIAL_DECAY_RETRY" };
  await make("failing", { RunOptions: { ...one, RetryStrategy: decay } });
  await make("slow", { RunOptions: one });
  const sinceMs = performance.now();
  for (const name of HEALTHY) await make(name);
  const ids = [...first, ...world.insert(ROWS)].map(String);
  for (const name of HEALTHY)
    await expect.poll(() => arrived(name).length, { timeout: HEALTHY_MS_MAX }).toBe(ids.length);
  expect(performance.now() - sinceMs).toBeLessThan(HEALTHY_MS_MAX);
  for (const name of HEALTHY) expect(arrived(name)).toEqual(ids);

  // They still stand where they stood, and say why.
  for (const name of hung) expect(arrived(name)).toEqual([]);
  expect(arrived("failing")).toEqual([]);
  expect(arrived("slow").length).toBeLessThan(ids.length);
  await expect
    .poll(async () => (await read(call, "failing")).DetailedStatus.Extensions?.ErrorMessage)
    .toContain("SINK_FAILED");
  isOver = true;
  const pausedMs = performance.now();
  for (const name of [...hung, "failing", "slow"])
    await call("PauseEventStreaming", { EventStreamingName: name });
  expect(performance.now() - pausedMs).toBeLessThan(5_000);
});
