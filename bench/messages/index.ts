import { join } from "node:path";
import { jvmPrograms } from "../../tools/maven.ts";
import { row } from "../harness/figures.ts";
import { startService } from "../harness/service.ts";
import { BenchSkipped } from "../harness/skipped.ts";
import type { Bench, BenchContext, BenchOutcome, Row } from "../harness/types.ts";
import { makeQueues, type QueueAccess } from "../plane/queues.ts";
import { type ClientOrder, MessageClient, type Pass } from "./client.ts";
import { type Flush, ROCKETMQ, startRocketMq } from "./rocketmq.ts";

const TOPIC = "bench";
const GROUP = "GID_bench";
const BODY_BYTES = 1024;
const SENDING = 64;
const RECEIVING = 8;
const FLUSHES: readonly Flush[] = ["ASYNC_FLUSH", "SYNC_FLUSH"];
const flushed: Record<Flush, string> = {
  ASYNC_FLUSH: `${ROCKETMQ} as delivered`,
  SYNC_FLUSH: `${ROCKETMQ} that keeps first`,
};

interface Server {
  readonly access: QueueAccess;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Measured {
  readonly flush: Flush;
  readonly ours: readonly Pass[];
  readonly floor: readonly Pass[];
}

/** Send and receive rates of the official client, against Apache RocketMQ. */
export const messages: Bench = {
  name: "messages",
  title: "Messages: the embedded RocketMQ 5 and Apache RocketMQ",
  async run(context) {
    const programs = jvmPrograms();
    if (!programs.available) throw new BenchSkipped(`needs ${programs.name}`);
    const count = context.quick ? 5_000 : 20_000;
    const rounds = context.quick ? 2 : 5;
    const all: Measured[] = [];
    for (const flush of FLUSHES) all.push(await measure(context, flush, count, rounds));
    return outcome(all, count, rounds);
  },
};

/** Taking turns, so that whatever else the machine does falls on both; the first round warms up. */
async function measure(
  context: BenchContext,
  flush: Flush,
  count: number,
  rounds: number,
): Promise<Measured> {
  const stops: (() => Promise<void>)[] = [];
  try {
    const servers = [await embedded(context, flush), await apache(context, flush)];
    stops.push(...servers.map(({ stop }) => stop));
    const clients: MessageClient[] = [];
    for (const { access, pid } of servers) {
      const client = await MessageClient.start(orderOf(access, count), pid);
      stops.push(() => client.stop());
      clients.push(client);
    }
    const passes: Pass[][] = clients.map(() => []);
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, client] of clients.entries()) {
        const pass = await client.pass();
        if (round > 0) passes[index]?.push(pass);
      }
      const [ours = [], floor = []] = passes;
      if (round > 0) context.say(`${flush}: ${rateOf(ours)}; Apache RocketMQ ${rateOf(floor)}`);
    }
    const [ours = [], floor = []] = passes;
    return { flush, ours, floor };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function embedded({ workDir }: BenchContext, flush: Flush): Promise<Server> {
  const args = ["--data", join(workDir, `data-${flush}`), "--kafka-port", "0", "--rocketmq-port", "0"];
  const { endpoint, pid, stop } = await startService({ args });
  try {
    return { access: await makeQueues(endpoint, [TOPIC], GROUP), pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function apache({ workDir }: BenchContext, flush: Flush): Promise<Server> {
  const { address, pid, stop } = await startRocketMq(workDir, { topic: TOPIC, group: GROUP, flush });
  return { access: { address }, pid, stop };
}

function orderOf(access: QueueAccess, count: number): ClientOrder {
  const load = { bodyBytes: BODY_BYTES, sending: SENDING, receiving: RECEIVING };
  return { access, topic: TOPIC, group: GROUP, messages: count, ...load };
}

function rateOf(passes: readonly Pass[]): string {
  const { sentPerSecond = 0, receivedPerSecond = 0 } = passes.at(-1) ?? {};
  return `${Math.round(sentPerSecond)} sent/s, ${Math.round(receivedPerSecond)} received/s`;
}

function outcome(all: readonly Measured[], count: number, rounds: number): BenchOutcome {
  return {
    rows: all.flatMap(rowsOf),
    notes: [
      `${count.toLocaleString("en-US")} messages of ${BODY_BYTES} bytes in each pass, sent one by one by the official client for ` +
        `Node.js with ${SENDING} sends under way, then received and confirmed one by one by ${RECEIVING} receives of 32; median of ` +
        `${rounds} passes, taking turns, after one to warm up. Ours answers a send when the message is on the disk, checks signatures, ` +
        "and hands out and confirms durably; Apache RocketMQ (broker and proxy in one process, heap 1 GB, four queues, no " +
        "accounts) does the same only in part: as it is delivered a message is in the page cache then (ASYNC_FLUSH), the lines " +
        "below it are with SYNC_FLUSH. The client shares the machine's cores with the server.",
    ],
  };
}

function rowsOf({ flush, ours, floor }: Measured): Row[] {
  const against = flushed[flush];
  const kinds = { sent: "sentPerSecond", received: "receivedPerSecond" } as const;
  const rates = Object.entries(kinds).map(([what, rate]) =>
    row({
      what: `messages ${what} by the official client`,
      unit: "messages/s",
      ours: ours.map((pass) => pass[rate]),
      against,
      floor: floor.map((pass) => pass[rate]),
      goal: { of: "ratio", kind: "atLeast", value: 1 },
    }),
  );
  const used = (passes: readonly Pass[]) => passes.flatMap((pass) => pass.serverMicroseconds ?? []);
  if (used(ours).length === 0) return rates;
  const processor = row({
    what: "processor time of the server for a message, sent and received",
    unit: "µs",
    ours: used(ours),
    against,
    floor: used(floor),
  });
  return [...rates, processor];
}
