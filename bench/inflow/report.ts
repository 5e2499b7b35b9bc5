import { median, percentile, row } from "../harness/figures.ts";
import type { BenchOutcome, Row } from "../harness/types.ts";
import type { ReceiveReport } from "./receive.ts";

/** What the cloud publishes for its unit, and what is wanted here. */
export const RATES = [
  { rowsPerSecond: 1_500, client: "official" },
  { rowsPerSecond: 1_500, client: "raw" },
  { rowsPerSecond: 7_500, client: "raw" },
] as const;
export const CLIENTS = { official: "the official client", raw: "plain calls" } as const;
const RATE_GOAL = 7_500;
const LATE_MS_MAX = 50;

export interface Steady extends ReceiveReport {
  readonly commitsMs: readonly number[];
}

export interface Drains {
  readonly alone: number[];
  readonly beside: number[];
  readonly failedCalls: number;
}

export function outcome(
  steady: readonly Steady[],
  drains: Drains,
  seconds: number,
  rounds: number,
): BenchOutcome {
  const [without, beside] = [drains.alone, drains.beside];
  return {
    rows: [
      ...steady.flatMap((late, at) => steadyRows(late, RATES[at] ?? RATES[0])),
      row({
        what: "rows of a backlog in the log to messages taken, one task",
        unit: "rows/s",
        ours: without,
        goal: { of: "ours", kind: "atLeast", value: RATE_GOAL },
      }),
      row({
        what: "the same beside a task whose every batch fails",
        unit: "rows/s",
        ours: beside,
        against: "without it",
        floor: without,
        goal: { of: "ratio", kind: "atLeast", value: 0.9 },
      }),
    ],
    notes: [
      `Rows of 1 KB in transactions of ten by four sessions, each commit durable, for ${seconds} s; a task with its settings left ` +
        "open sends the row's text, and a message counts when its consumer has it, before it is confirmed. A row carries the " +
        "time at which it was written, so that the source's own commit is part of it; the floor is the commit of one more session. " +
        "1,500 rows/s are the cloud's published unit (there 70 ms). The official client for Node.js confirms each message by a call, " +
        "which makes it the limit itself; the consumer with plain calls makes the published ones and confirms 32 messages with " +
        `one, and so does the one of the backlog. The backlog is the median of ${rounds}, each a new ` +
        `task; the one that fails had its function answer 500 to ${drains.failedCalls} batches, with waits a thousandth of the published ones.`,
    ],
  };
}

function steadyRows(late: Steady, { rowsPerSecond, client }: (typeof RATES)[number]): Row[] {
  const load = `at ${rowsPerSecond.toLocaleString("en-US")} rows/s, ${CLIENTS[client]}`;
  const against = "the source's own commit";
  return [
    row({
      what: `from the row to its message, p50, ${load}`,
      unit: "ms",
      ours: [late.p50Ms],
      against,
      floor: [median(late.commitsMs)],
    }),
    row({
      what: `from the row to its message, p99, ${load}`,
      unit: "ms",
      ours: [late.p99Ms],
      against,
      floor: [percentile(late.commitsMs, 99)],
      goal: { of: "ours", kind: "atMost", value: LATE_MS_MAX },
    }),
    row({ what: `messages taken ${load}`, unit: "messages/s", ours: [late.messagesPerSecond] }),
  ];
}
