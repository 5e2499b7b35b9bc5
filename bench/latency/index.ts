import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../contract/local.ts";
import { PRODUCTS } from "../../contract/products.ts";
import { percentile, row } from "../harness/figures.ts";
import { residentMegabytes } from "../harness/machine.ts";
import type { Bench, BenchContext, BenchOutcome } from "../harness/types.ts";
import { type Captured, withCapture } from "../plane/captured.ts";
import { type ReadReport, readRows } from "../plane/read.ts";
import { load } from "../requests/index.ts";
import type { LoadReport } from "../requests/load.ts";

const ROWS_PER_SECOND = 5_000;
const WARM_UP_SECONDS = 2;
const LATE_MS_MAX = 50;
const ACTION = "DescribeConsumerChannel";

interface Lateness extends ReadReport {
  /** Of the source, by a session that writes next to nothing. */
  readonly commitsMs: readonly number[];
}

/** From a row's commit to its consumer, and what is left for control calls while a source is captured at full speed. */
export const latency: Bench = {
  name: "latency",
  title: "Latency: from the commit to the consumer",
  run: (context) =>
    withCapture(context.workDir, async (captured) => {
      const seconds = context.quick ? 5 : 60;
      const late = await measureLateness(captured, seconds);
      context.say(`rows: p50 ${late.p50Ms.toFixed(1)} ms, p99 ${late.p99Ms.toFixed(1)} ms`);
      const resident = residentMegabytes(captured.service.pid);
      const calls = await measureCalls(context, captured);
      context.say(`calls: p50 ${calls.p50Ms.toFixed(1)} ms, p99 ${calls.p99Ms.toFixed(1)} ms`);
      return report(late, calls, resident, seconds);
    }),
};

async function measureLateness({ source, reader }: Captured, seconds: number): Promise<Lateness> {
  const rows = (seconds + WARM_UP_SECONDS) * ROWS_PER_SECOND;
  let commits: Promise<number[]> | undefined;
  const leftOut = WARM_UP_SECONDS * ROWS_PER_SECOND;
  const read = await readRows({ access: reader, rows, isTimed: true, leftOut }, () => {
    commits ??= source.commitsDuring(source.writeSteadily(ROWS_PER_SECOND, seconds + WARM_UP_SECONDS));
  });
  return { ...read, commitsMs: (await commits) ?? [] };
}

/** One call after the other while a large transaction is captured. */
async function measureCalls(
  context: BenchContext,
  { source, service, instanceId }: Captured,
): Promise<LoadReport> {
  await source.writeTransaction(context.quick ? 200_000 : 2_000_000);
  return load({
    scheme: "v3",
    call: {
      port: service.port,
      action: ACTION,
      version: PRODUCTS.dts.version,
      parameters: { DtsInstanceId: instanceId, RegionId: "cn-hangzhou", PageSize: "20", PageNumber: "1" },
      accessKeyId: LOCAL_ACCESS_KEY_ID,
      secret: LOCAL_ACCESS_KEY_SECRET,
    },
    clients: 1,
    requestsMax: 20_000,
    sendAgain: false,
    warmUpMs: 200,
    measureMs: context.quick ? 1_000 : 5_000,
  });
}

function report(
  late: Lateness,
  calls: LoadReport,
  resident: number | undefined,
  seconds: number,
): BenchOutcome {
  const goal = { of: "ours", kind: "atMost", value: LATE_MS_MAX } as const;
  const load = `at ${ROWS_PER_SECOND.toLocaleString("en-US")} rows/s`;
  const against = "the source's own commit";
  const commit = (percent: number) => [percentile(late.commitsMs, percent)];
  const rows = [
    row({
      what: `from the row to its consumer, p50, ${load}`,
      unit: "ms",
      ours: [late.p50Ms],
      against,
      floor: commit(50),
    }),
    row({
      what: `from the row to its consumer, p99, ${load}`,
      unit: "ms",
      ours: [late.p99Ms],
      against,
      floor: commit(99),
      goal,
    }),
    row({
      what: "control calls while a source is captured at full speed, p99",
      unit: "ms",
      ours: [calls.p99Ms],
      goal,
    }),
  ];
  if (resident !== undefined) {
    rows.push(
      row({ what: `resident memory of the service behind ${seconds} s of it`, unit: "MB", ours: [resident] }),
    );
  }
  return {
    rows,
    notes: [
      `Rows of 100 bytes in transactions of ten by four sessions, each commit durable, for ${seconds} s. A row carries the time at ` +
        "which it was written, so that the source's own commit is part of it; the floor is the commit of one more session that " +
        "writes next to nothing; the consumer is kafkajs in a process of its own, which decodes every record. " +
        `${ACTION} is called by one client, one call after the other, while the rows of a large transaction come in.`,
    ],
  };
}
