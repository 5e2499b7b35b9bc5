import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declaredNames } from "../../service/core/http/decode-parameters.ts";
import { rooms } from "../../service/products.ts";
import { rawRpc } from "../service/core/support/raw.ts";
import { type FloodAnswer, type FloodConnection, openFlood } from "../support/flood.ts";
import { type Aim, bentSignature, brokenHttp, type Dice, dice } from "../support/malformed.ts";
import { framedOddities, wrongHttp } from "../support/oddities.ts";
import { startService, type TestService } from "../support/service.ts";

/** How many malformed requests, and the number that repeats a run. */
const count = Number(process.env.FLOOD_COUNT ?? 100_000);
const seed = Number(process.env.FLOOD_SEED ?? 20_260_103);
const CONNECTIONS_AT_ONCE = 24;
const PIPELINE_MAX = 16;
/** Requests on one connection before it is closed from this side. */
const PER_CONNECTION = 400;
const SLOW_AT_ONCE = 40;
const RESIDENT_MEGABYTES_MAX = 400;
const GROWTH_MEGABYTES_MAX = 150;
const good = { Version: "2015-06-12", Id: "cn-hangzhou", ServiceCode: "x" };

const aims: readonly Aim[] = rooms.flatMap((room) =>
  room.actions.map(({ name, request }) => ({
    action: name,
    version: room.version,
    parameters: ["RegionId", ...declaredNames(request())],
  })),
);

let service: TestService;
beforeAll(async () => {
  service = await startService({ asProcess: true, settings: { logLevel: "warn" } });
});
afterAll(() => service.stop());

/** What happened so far. */
const tally = { sent: 0, answered: 0, refused: 0, abandoned: 0, unanswered: 0 };
const problems: string[] = [];

/** Every answer is a documented refusal or a harmless success, in JSON; never a defect. */
function judge(answer: FloodAnswer, requests: readonly Buffer[]): void {
  tally.answered += 1;
  if (answer.status >= 400) tally.refused += 1;
  // 503 is what a service says that has enough to do.
  const isExpected =
    answer.status === 200 || (answer.status >= 400 && answer.status < 500) || answer.status === 503;
  const isDefect = /InternalError|\.ts:\d|at \w+ \(/.test(answer.body);
  if (isExpected && !isDefect && isJson(answer)) return;
  const asked = requests.map((one) => one.toString("latin1").slice(0, 300)).join("\n---\n");
  problems.push(`${answer.status} ${answer.body.slice(0, 500)}\nafter:\n${asked.slice(0, 5_000)}`);
}

function isJson({ body }: FloodAnswer): boolean {
  // Node's own refusals say nothing.
  if (body === "" || body === "0\r\n\r\n") return true;
  try {
    return typeof JSON.parse(body) === "object";
  } catch {
    return false;
  }
}

async function pipeline(die: Dice, connection: FloodConnection): Promise<void> {
  const requests = Array.from({ length: 1 + die.roll(PIPELINE_MAX) }, () =>
    die.pick(framedOddities)(die, service.key, aims),
  );
  tally.sent += requests.length;
  if (die.roll(40) === 0) {
    // Gone in the middle of an answer, or of a request.
    const bytes = Buffer.concat(requests);
    connection.abandon(bytes.subarray(0, die.roll(2) === 0 ? bytes.length : die.roll(bytes.length)));
    tally.abandoned += requests.length;
    return;
  }
  const { answers, late } = await connection.exchange(requests);
  for (const answer of answers) judge(answer, requests);
  if (late)
    problems.push(`no end within the bound: ${requests.map((one) => one.toString("latin1").slice(0, 200))}`);
  // What follows a refusal that closes the connection is not answered.
  tally.unanswered += Math.max(0, requests.length - answers.length);
}

async function lastWord(die: Dice, connection: FloodConnection): Promise<void> {
  const bytes = die.pick([wrongHttp, wrongHttp, brokenHttp, bentSignature])(die, service.key, aims);
  tally.sent += 1;
  if (die.roll(10) === 0) {
    tally.abandoned += 1;
    connection.abandon(bytes);
    return;
  }
  const { answers, late } = await connection.finish(bytes);
  for (const answer of answers) judge(answer, [bytes]);
  if (answers.length === 0) tally.unanswered += 1;
  if (late) problems.push(`no end within the bound: ${bytes.toString("latin1").slice(0, 500)}`);
}

async function flood(die: Dice): Promise<void> {
  while (tally.sent < count && problems.length < 5) {
    const connection = await openFlood(service.port);
    const from = tally.sent;
    while (
      !connection.closed &&
      tally.sent - from < PER_CONNECTION &&
      tally.sent < count &&
      die.roll(12) > 0
    ) {
      await pipeline(die, connection);
    }
    if (!connection.closed) await lastWord(die, connection);
    connection.destroy();
  }
}

let isFlooding = true;

/** Connections that send a byte now and then, of a head or of a body, for as long as they are let. */
async function dawdle(die: Dice): Promise<void> {
  while (isFlooding) {
    const connection = await openFlood(service.port);
    const start = die.pick([
      "GET / HT",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na",
    ]);
    tally.sent += 1;
    const finished = connection.exchange([Buffer.from(start)]);
    while (isFlooding && !connection.closed) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (!connection.closed) connection.trickle(Buffer.from("a"));
    }
    connection.destroy();
    for (const answer of (await finished).answers) {
      if (answer.status !== 408 && answer.status !== 400) problems.push(`${answer.status} to a slow request`);
    }
  }
}

const goodCalls = { done: 0, failed: [] as unknown[] };

async function callProperly(): Promise<void> {
  while (isFlooding) {
    const answer = await rawRpc(service, "DescribeEndpoints", good).catch((error: unknown) => ({
      code: String(error),
    }));
    if (answer.code === "") goodCalls.done += 1;
    else goodCalls.failed.push(answer.code);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const resident: number[] = [];

async function sampleMemory(): Promise<void> {
  while (isFlooding && process.platform === "linux") {
    const status = readFileSync(`/proc/${service.pid}/status`, "utf8");
    resident.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe(`${count} malformed requests in pipelines (seed ${seed})`, () => {
  it("leave the process alive, its memory bounded, and well-formed callers answered", {
    timeout: 60_000 + count * 5,
  }, async () => {
    const beside = [
      callProperly(),
      callProperly(),
      sampleMemory(),
      ...Array.from({ length: SLOW_AT_ONCE }, (_, i) => dawdle(dice(seed + 1_000 + i))),
    ];
    try {
      await Promise.all(Array.from({ length: CONNECTIONS_AT_ONCE }, (_, i) => flood(dice(seed + i))));
    } finally {
      isFlooding = false;
      await Promise.all(beside);
    }

    expect(problems).toEqual([]);
    expect(tally.sent).toBeGreaterThanOrEqual(count);
    expect(service.exitCode()).toBeNull();
    expect(service.logs()).not.toMatch(/call\.failed|admin\.failed|uncaught|unhandled/i);
    expect(goodCalls.failed).toEqual([]);
    expect(goodCalls.done).toBeGreaterThan(10);
    // Most of it must have come through to an answer, or little was tried.
    expect(tally.answered).toBeGreaterThan(count / 2);
    const early = Math.max(0, ...resident.slice(0, Math.ceil(resident.length / 4)));
    expect(Math.max(0, ...resident)).toBeLessThan(RESIDENT_MEGABYTES_MAX);
    expect((resident.at(-1) ?? 0) - early).toBeLessThan(GROWTH_MEGABYTES_MAX);
    for (let i = 0; i < 20; i += 1) {
      expect((await rawRpc(service, "DescribeEndpoints", good)).code).toBe("");
    }
    if (process.env.FLOOD_COUNT !== undefined) report();
  });
});

/** Figures of a run that somebody asked for. */
function report(): void {
  const megabytes = { most: Math.max(0, ...resident), atTheEnd: resident.at(-1) ?? 0 };
  process.stderr.write(`${JSON.stringify({ ...tally, goodCalls: goodCalls.done, megabytes })}\n`);
}
