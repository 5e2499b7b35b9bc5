import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../contract/local.ts";
import { PRODUCTS } from "../../contract/products.ts";
import { stopChild } from "../../tools/ps.ts";
import { freePort } from "../../tools/server/port.ts";
import { row } from "../harness/figures.ts";
import { startService } from "../harness/service.ts";
import type { Bench, BenchContext, BenchOutcome, Row } from "../harness/types.ts";
import type { LoadOrder, LoadReport } from "./load.ts";
import { makeInstanceWithGroups } from "./prepare.ts";
import type { Call, Scheme } from "./sign.ts";

const CLIENTS = 16;
const GROUPS = 3;
/** Signed ahead for each second; a service that is faster ends its round early and is measured all the same. */
const REQUESTS_PER_SECOND_MAX = 20_000;
const FLOOR_REQUESTS = 500;
const WARM_UP_REQUESTS = 10_000;
const ACTION = "DescribeConsumerChannel";
const schemes: Record<Scheme, string> = { v1: "V1 (HMAC-SHA1)", v3: "V3 (ACS3-HMAC-SHA256)" };

interface Timing {
  rounds: number;
  warmUpMs: number;
  measureMs: number;
}

type Reports = Record<Scheme, { ours: LoadReport[]; floor: LoadReport[] }>;

/** Signed reads by 16 clients, against a bare node:http server that answers a constant of the same size. */
export const requests: Bench = {
  name: "requests",
  title: "Signed requests to the local service",
  async run(context) {
    const timing = context.quick
      ? { rounds: 1, warmUpMs: 300, measureMs: 1_000 }
      : { rounds: 7, warmUpMs: 400, measureMs: 1_200 };
    const service = await startService({ args: ["--data", join(context.workDir, "requests-data")] });
    let floor: ChildProcess | undefined;
    try {
      const instanceId = await makeInstanceWithGroups(service.endpoint, GROUPS);
      const call = callTo(service.port, instanceId);
      const first = await warmUp(call, timing);
      const floorPort = await freePort();
      floor = await startFloor(floorPort, first.bodyBytes);
      const reports: Reports = { v1: { ours: [], floor: [] }, v3: { ours: [], floor: [] } };
      for (let round = 0; round < timing.rounds; round++) {
        await oneRound(context, reports, timing, call, floorPort);
      }
      return outcome(reports, timing, first.bodyBytes);
    } finally {
      if (floor) await stopChild(floor);
      await service.stop();
    }
  },
};

/** Lets the service's code be compiled before anything counts, as in any server that runs for more than seconds. */
async function warmUp(call: Call, timing: Timing): Promise<LoadReport> {
  const bounds = { requestsMax: WARM_UP_REQUESTS, warmUpMs: 0, measureMs: 5_000 };
  await load({ ...orderOf("v1", call, timing), ...bounds });
  return load({ ...orderOf("v3", call, timing), ...bounds });
}

async function oneRound(
  context: BenchContext,
  reports: Reports,
  timing: Timing,
  call: Call,
  floorPort: number,
): Promise<void> {
  for (const scheme of ["v1", "v3"] as const) {
    const order = orderOf(scheme, { ...call, port: floorPort }, timing);
    const floor = await load({ ...order, requestsMax: FLOOR_REQUESTS, sendAgain: true });
    const ours = await load(orderOf(scheme, call, timing));
    reports[scheme].floor.push(floor);
    reports[scheme].ours.push(ours);
    context.say(
      `${scheme}: ${Math.round(ours.requestsPerSecond)} of ${Math.round(floor.requestsPerSecond)} requests/s, ` +
        `p99 ${ours.p99Ms.toFixed(1)} ms`,
    );
  }
}

function callTo(port: number, instanceId: string): Call {
  return {
    port,
    action: ACTION,
    version: PRODUCTS.dts.version,
    parameters: { DtsInstanceId: instanceId, RegionId: "cn-hangzhou", PageSize: "20", PageNumber: "1" },
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    secret: LOCAL_ACCESS_KEY_SECRET,
  };
}

function orderOf(scheme: Scheme, call: Call, timing: Timing): LoadOrder {
  const { warmUpMs, measureMs } = timing;
  const requestsMax = Math.ceil(((warmUpMs + measureMs) / 1000) * REQUESTS_PER_SECOND_MAX);
  return { scheme, call, clients: CLIENTS, requestsMax, sendAgain: false, warmUpMs, measureMs };
}

function outcome(reports: Reports, timing: Timing, bodyBytes: number): BenchOutcome {
  const rows = (["v1", "v3"] as const).flatMap((scheme): Row[] => [
    row({
      what: `${ACTION}, ${schemes[scheme]}`,
      unit: "requests/s",
      ours: reports[scheme].ours.map((one) => one.requestsPerSecond),
      against: "bare node:http, a constant",
      floor: reports[scheme].floor.map((one) => one.requestsPerSecond),
      goal: { of: "ratio", kind: "atLeast", value: 0.35 },
    }),
    row({
      what: `p99, ${schemes[scheme]}`,
      unit: "ms",
      ours: reports[scheme].ours.map((one) => one.p99Ms),
      against: "bare node:http, a constant",
      floor: reports[scheme].floor.map((one) => one.p99Ms),
      goal: { of: "ours", kind: "atMost", value: 10 },
    }),
  ]);
  return {
    rows,
    notes: [
      `${CLIENTS} clients, each with one request in flight on a keep-alive connection, an instance with ${GROUPS} ` +
        `groups, answers of ${bodyBytes} bytes, the service with a data folder; median of ${timing.rounds} rounds of ` +
        `${timing.measureMs / 1000} s, taking turns. Requests are signed ahead, each with its own nonce. The load ` +
        "generator is one more process and shares the machine's cores with the server.",
    ],
  };
}

/** The load generator in a process of its own. */
export async function load(order: LoadOrder): Promise<LoadReport> {
  const child = fork(fileURLToPath(new URL("load.ts", import.meta.url)), { stdio: "inherit" });
  try {
    child.send(order);
    const ended = once(child, "exit").then(() => [{ failed: "the load generator ended without a report" }]);
    const [answer] = (await Promise.race([once(child, "message"), ended])) as [
      { report?: LoadReport; failed?: string },
    ];
    if (!answer.report) throw new Error(`${order.scheme} load: ${answer.failed}`);
    return answer.report;
  } finally {
    await stopChild(child);
  }
}

async function startFloor(port: number, bodyBytes: number): Promise<ChildProcess> {
  const env = { ...process.env, PORT: String(port), BODY_BYTES: String(bodyBytes) };
  const child = fork(fileURLToPath(new URL("floor.ts", import.meta.url)), { env, stdio: "inherit" });
  await once(child, "message");
  return child;
}
