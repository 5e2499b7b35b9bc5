import { join } from "node:path";
import { jvmPrograms } from "../../tools/maven.ts";
import { row } from "../harness/figures.ts";
import { BenchSkipped } from "../harness/skipped.ts";
import type { Bench, BenchContext, BenchOutcome, Row } from "../harness/types.ts";
import { BenchSource } from "../plane/source.ts";
import { BenchThreads, READER } from "../plane/threads.ts";
import { type FetchClient, type FetchTarget, javaClient, nodeClient, type Pass } from "./clients.ts";
import { type RunningKafka, startKafka } from "./kafka.ts";

const CAPTURE = "fetch";
const TOPIC = "changes";
const PASSES = 3;

interface Measured {
  readonly client: string;
  readonly ours: Pass[];
  readonly floor: Pass[];
}

/** What Kafka clients read from the log, against Apache Kafka with the same records. */
export const fetch: Bench = {
  name: "fetch",
  title: "Fetch: the listener and Apache Kafka",
  async run(context) {
    const programs = jvmPrograms();
    if (!programs.available) throw new BenchSkipped(`needs ${programs.name}`);
    const rows = context.quick ? 100_000 : 1_000_000;
    const rounds = context.quick ? 1 : 2;
    const java = await javaClient(context.workDir);
    const kafka = await startKafka(context.workDir);
    const threads = await BenchThreads.start(join(context.workDir, "logs"));
    try {
      const ours = await fill(context, threads, rows);
      context.say("copying the records to Apache Kafka");
      await java.copy(ours, kafka.brokers);
      const floor = targetIn(kafka, ours.records);
      const all: Measured[] = [];
      const clients: [string, FetchClient][] = [
        ["kafka-clients 4.1.0", java.measure],
        ["@platformatic/kafka", nodeClient],
      ];
      for (const [client, measure] of clients) {
        const measured: Measured = { client, ours: [], floor: [] };
        for (let round = 0; round < rounds; round += 1) {
          // Taking turns, so that whatever else the machine does falls on both.
          measured.floor.push(...(await measure(floor, PASSES)));
          measured.ours.push(...(await measure(ours, PASSES)));
          context.say(`${client}: ${rateOf(measured.ours)} of ${rateOf(measured.floor)} records/s`);
        }
        all.push(measured);
      }
      return outcome(all, ours.records, rounds);
    } finally {
      await threads.close();
      await kafka.stop();
    }
  },
};

/** Captures a transaction of so many rows; gives where they are read. */
async function fill(context: BenchContext, threads: BenchThreads, rows: number): Promise<FetchTarget> {
  const source = await BenchSource.start(context.workDir);
  try {
    await threads.run(source, CAPTURE);
    await threads.untilRunning(CAPTURE);
    context.say(`capturing ${rows.toLocaleString("en-US")} rows`);
    await source.writeTransaction(rows);
    await threads.untilOffset(CAPTURE, rows + 2);
    await threads.stop(CAPTURE);
    const brokers = await threads.serve(CAPTURE, TOPIC);
    return { brokers, topic: TOPIC, group: READER.groupId, login: READER, records: rows };
  } finally {
    await source.stop();
  }
}

function targetIn(kafka: RunningKafka, records: number): FetchTarget {
  return { brokers: kafka.brokers, topic: "copy", group: "bench", records };
}

function rateOf(passes: readonly Pass[]): string {
  return Math.round(passes.at(-1)?.recordsPerSecond ?? 0).toLocaleString("en-US");
}

function outcome(all: readonly Measured[], records: number, rounds: number): BenchOutcome {
  const against = "Apache Kafka 3.9.1";
  return {
    rows: all.flatMap(({ client, ours, floor }): Row[] => [
      row({
        what: `records read by ${client}`,
        unit: "records/s",
        ours: ours.map((pass) => pass.recordsPerSecond),
        against,
        floor: floor.map((pass) => pass.recordsPerSecond),
        goal: { of: "ratio", kind: "atLeast", value: 1 },
      }),
      row({
        what: `the same in bytes of the values, ${client}`,
        unit: "MB/s",
        ours: ours.map((pass) => pass.megabytesPerSecond),
        against,
        floor: floor.map((pass) => pass.megabytesPerSecond),
      }),
    ]),
    notes: [
      `${records.toLocaleString("en-US")} records of captured rows of 100 bytes, the same values in both, read from the beginning by one ` +
        `consumer that counts them; median of ${rounds} times ${PASSES} passes, taking turns, after one to warm up. Apache ` +
        "Kafka is one process (KRaft, heap 1 GB, as its scripts start it); ours reads from files, beyond what it keeps in memory. " +
        "Clients share the machine's cores with what they read from.",
    ],
  };
}
