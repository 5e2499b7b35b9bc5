import { statSync } from "node:fs";
import { join } from "node:path";
import { row } from "../harness/figures.ts";
import type { Bench, BenchContext, BenchOutcome, Row } from "../harness/types.ts";
import { BenchSource } from "../plane/source.ts";
import { BenchThreads } from "../plane/threads.ts";
import { findReceiver, receive, type Took } from "./recvlogical.ts";

const PUBLICATION = "bench";
const RATIO_MIN = 0.3;

/** What is written into the WAL at once, and how it is called. */
interface Load {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  /** Rows or transactions. */
  readonly count: number;
  /** Of the log: rows, and BEGIN and COMMIT. */
  readonly records: number;
  write(source: BenchSource): Promise<void>;
}

interface Runs {
  readonly ours: Took[];
  readonly floor: Took[];
  floorBytes: number;
}

/** PostgreSQL to the durable log, against PostgreSQL's own receiver that writes a file, over the same WAL. */
export const capture: Bench = {
  name: "capture",
  title: "Capture: PostgreSQL to the durable log",
  async run(context) {
    const receiver = findReceiver();
    const rounds = context.quick ? 1 : 3;
    const loads = loadsOf(context.quick ? 10 : 1);
    const source = await BenchSource.start(context.workDir);
    const threads = await BenchThreads.start(join(context.workDir, "logs"));
    try {
      // Before the slots: what is read through a slot knows only the publications that were there when it was made.
      await source.client.query(`CREATE PUBLICATION ${PUBLICATION} FOR TABLE orders`);
      const outcome: [Load, Runs][] = [];
      for (const load of loads) {
        outcome.push([load, await measure(context, load, rounds, { source, threads, receiver })]);
      }
      return report(outcome, rounds);
    } finally {
      await threads.close();
      await source.stop();
    }
  },
};

function loadsOf(divisor: number): readonly Load[] {
  const transactions = 200_000 / divisor;
  const rows = 400_000 / divisor;
  return [
    {
      name: "single",
      what: `${transactions.toLocaleString("en-US")} transactions of one row`,
      unit: "transactions/s",
      count: transactions,
      records: 3 * transactions,
      write: (source) => source.writeTransactions(transactions),
    },
    {
      name: "large",
      what: `one transaction of ${rows.toLocaleString("en-US")} rows`,
      unit: "rows/s",
      count: rows,
      records: rows + 2,
      write: (source) => source.writeTransaction(rows),
    },
  ];
}

interface Parts {
  readonly source: BenchSource;
  readonly threads: BenchThreads;
  readonly receiver: string;
}

async function measure(
  context: BenchContext,
  load: Load,
  rounds: number,
  { source, threads, receiver }: Parts,
): Promise<Runs> {
  const runs: Runs = { ours: [], floor: [], floorBytes: 0 };
  // Each round has slots of its own, all made before: so all read the same WAL from the same place.
  const ids = Array.from({ length: rounds }, (_, round) => `${load.name}_${round}`);
  for (const id of ids) {
    await source.client.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput')", [`bench_${id}`]);
    await threads.run(source, id);
    await threads.untilRunning(id);
    await threads.stop(id);
  }
  context.say(`writing ${load.what}`);
  await load.write(source);
  const endLsn = await source.walEnd();
  // All runs find the WAL written out and nothing else under way.
  await source.client.query("CHECKPOINT");
  for (const id of ids) {
    const file = join(context.workDir, `received-${id}`);
    const slot = `bench_${id}`;
    const floor = await receive(receiver, source, { slot, publication: PUBLICATION, endLsn, file });
    runs.floorBytes = statSync(file).size;
    const ours = await captureOnce(source, threads, id, load.records);
    runs.floor.push(floor);
    runs.ours.push(ours);
    const rate = (took: Took) => Math.round(load.count / took.seconds).toLocaleString("en-US");
    context.say(
      `${id}: ${rate(ours)} of ${rate(floor)} ${load.unit}, ratio ${(floor.seconds / ours.seconds).toFixed(2)}, ` +
        `processor ${ours.processorSeconds?.toFixed(2)} s and ${floor.processorSeconds?.toFixed(2)} s`,
    );
    await source.client.query("SELECT pg_drop_replication_slot($1)", [slot]);
  }
  return runs;
}

/** From the order to capture until the last record is durable: the login and all questions to the source included. */
async function captureOnce(
  source: BenchSource,
  threads: BenchThreads,
  id: string,
  records: number,
): Promise<Took> {
  const wanted = threads.endOffset(id) + records;
  const processor = process.cpuUsage();
  const begin = performance.now();
  await threads.run(source, id);
  await threads.untilOffset(id, wanted);
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(processor);
  await threads.stop(id);
  return { seconds, processorSeconds: (user + system) / 1e6 };
}

function report(outcome: readonly [Load, Runs][], rounds: number): BenchOutcome {
  const against = "pg_recvlogical writing a file";
  return {
    rows: outcome.flatMap(([load, runs]): Row[] => [
      row({
        what: load.what,
        unit: load.unit,
        ours: runs.ours.map(({ seconds }) => load.count / seconds),
        against,
        floor: runs.floor.map(({ seconds }) => load.count / seconds),
        goal: { of: "ratio", kind: "atLeast", value: RATIO_MIN },
      }),
      row({
        what: `processor time of the receiving side, ${load.what}`,
        unit: "s",
        ours: runs.ours.flatMap(({ processorSeconds }) => processorSeconds ?? []),
        against,
        floor: runs.floor.flatMap(({ processorSeconds }) => processorSeconds ?? []),
      }),
    ]),
    notes: [
      "Rows of 100 bytes, decoded by pgoutput on both sides from the same WAL, each run through a slot of its own; " +
        `median of ${rounds}, taking turns. Ours is the capture thread and the log thread as they are shipped, from the order ` +
        "to capture to the last record durable and readable; the source decodes on the same cores. The receiver writes " +
        "what comes as it is and fsyncs each ten seconds; ours writes record batches with checksums, and syncs each group.",
    ],
  };
}
