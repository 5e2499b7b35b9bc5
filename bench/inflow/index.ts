import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench, BenchContext, BenchOutcome } from "../harness/types.ts";
import { type Captured, PASSWORD, withCapture } from "../plane/captured.ts";
import { makeQueues, type Queues } from "../plane/queues.ts";
import { makeGroup } from "../requests/prepare.ts";
import { type FailingFunction, startFailingFunction } from "./failing.ts";
import { type ReceiveOrder, receiveMessages } from "./receive.ts";
import { CLIENTS, type Drains, outcome, RATES, type Steady } from "./report.ts";
import { deleteTask, makeTask, startTask } from "./task.ts";

/** With the eight bytes of its key a row has 1024. */
const TEXT_BYTES = 1016;
const WARM_UP_SECONDS = 2;
const GROUP = "GID_bench";
const FUNCTION = "acs:fc:cn-hangzhou:123456789012:functions/fail";
/** So that a failing task tries again all the time, and not each 10 to 20 seconds. */
const WAIT_SCALE = 0.001;

interface World extends Captured {
  readonly queues: Queues;
  readonly failing: FailingFunction;
}

/** From a committed row to a message that a consumer has taken. */
export const inflow: Bench = {
  name: "inflow",
  title: "Inflow: from the commit to a message in RocketMQ 5",
  async run(context) {
    const failing = await startFailingFunction();
    try {
      const settings = join(context.workDir, "settings.json");
      const functions = { [FUNCTION]: failing.url };
      writeFileSync(
        settings,
        JSON.stringify({ waitScale: WAIT_SCALE, rooms: { eventbridge: { functions } } }),
      );
      const args = ["--rocketmq-port", "0", "--settings", settings];
      return await withCapture(context.workDir, (captured) => measure(context, captured, failing), {
        textBytes: TEXT_BYTES,
        args,
      });
    } finally {
      await failing.stop();
    }
  },
};

async function measure(
  context: BenchContext,
  captured: Captured,
  failing: FailingFunction,
): Promise<BenchOutcome> {
  const seconds = context.quick ? 6 : 30;
  const rounds = context.quick ? 1 : 3;
  const topics = [
    "rows",
    "failed",
    ...Array.from({ length: rounds }, (_, at) => [`alone-${at}`, `beside-${at}`]),
  ];
  const queues = await makeQueues(captured.service.endpoint, topics.flat(), GROUP);
  const world: World = { ...captured, queues, failing };
  const steady: Steady[] = [];
  await runTask(world, "rows");
  for (const { rowsPerSecond, client } of RATES) {
    const late = await measureSteady(world, rowsPerSecond, client, seconds);
    const rate = Math.round(late.messagesPerSecond);
    context.say(
      `${rowsPerSecond} rows/s, ${CLIENTS[client]}: ${rate} messages/s, p50 ${late.p50Ms.toFixed(1)} ms, p99 ${late.p99Ms.toFixed(1)} ms`,
    );
    steady.push(late);
  }
  await deleteTask(world.service.endpoint, "rows");
  const written = RATES.reduce((sum, rate) => sum + rate.rowsPerSecond * (seconds + WARM_UP_SECONDS), 0);
  const drains = await measureDrains(context, world, rounds, Math.floor(written * 0.8));
  return outcome(steady, drains, seconds, rounds);
}

async function measureSteady(
  { source, queues }: World,
  rowsPerSecond: number,
  client: ReceiveOrder["client"],
  seconds: number,
): Promise<Steady> {
  const messages = (seconds + WARM_UP_SECONDS) * rowsPerSecond;
  const leftOut = WARM_UP_SECONDS * rowsPerSecond;
  let commits: Promise<number[]> | undefined;
  const order = { access: queues, topic: "rows", group: GROUP, messages, leftOut, client };
  const report = await receiveMessages(order, () => {
    commits ??= source.commitsDuring(source.writeSteadily(rowsPerSecond, seconds + WARM_UP_SECONDS));
  });
  return { ...report, commitsMs: (await commits) ?? [] };
}

/** What lies in the log already, carried over by a new task each time: alone, and beside one whose every batch fails. */
async function measureDrains(
  context: BenchContext,
  world: World,
  rounds: number,
  messages: number,
): Promise<Drains> {
  const { endpoint } = world.service;
  const drains: Drains = { alone: [], beside: [], failedCalls: 0 };
  for (let round = 0; round < rounds; round += 1) {
    drains.alone.push(await drain(world, `alone-${round}`, messages));
    await runTask(world, "failed", `failed-${round}`, FUNCTION);
    drains.beside.push(await drain(world, `beside-${round}`, messages));
    await deleteTask(endpoint, `failed-${round}`);
    const [alone, beside] = [drains.alone, drains.beside].map((rates) => Math.round(rates.at(-1) ?? 0));
    context.say(`a backlog: ${alone} rows/s, beside a failing task ${beside} rows/s`);
  }
  return { ...drains, failedCalls: world.failing.calls() };
}

async function drain(world: World, topic: string, messages: number): Promise<number> {
  const leftOut = Math.floor(messages / 10);
  const order = { access: world.queues, topic, group: GROUP, messages, leftOut, client: "raw" } as const;
  let started: Promise<void> | undefined;
  const report = await receiveMessages(order, () => {
    started ??= runTask(world, topic);
  });
  await started;
  await deleteTask(world.service.endpoint, topic);
  return report.messagesPerSecond;
}

/** A task with a group of its own, which begins with all that is kept. */
async function runTask(world: World, topic: string, name = topic, functionArn?: string): Promise<void> {
  const { service, instance, queues } = world;
  const account = name.replaceAll("-", "_");
  const groupId = await makeGroup(service.endpoint, instance, { name, account, password: PASSWORD });
  await makeTask(service.endpoint, {
    name,
    tracking: instance.DtsInstanceId,
    groupId,
    account,
    password: PASSWORD,
    queues: queues.instanceId,
    topic,
    ...(functionArn === undefined ? {} : { functionArn }),
  });
  await startTask(service.endpoint, name);
}
