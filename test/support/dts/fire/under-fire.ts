import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { defaultOptions } from "../../../../service/core/settings/service-options.ts";
import { seededPick } from "../../fire.ts";
import { lowPort } from "../../low-port.ts";
import { startService } from "../../service.ts";
import { expectNothingLeft, expectSame } from "./afterwards.ts";
import { EVENTS, type Event, Fire } from "./fire.ts";
import { type FireSource, oneOf, type Pick } from "./source.ts";
import { type RunningWork, startWork } from "./work.ts";

export interface FireOptions {
  readonly start: () => Promise<FireSource>;
  /** Events: kills, and suspensions of the job. */
  readonly kills: number;
  readonly seed: number;
}

export interface FireOutcome {
  readonly seed: number;
  readonly kills: number;
  readonly events: Readonly<Record<string, number>>;
  readonly committed: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly transactions: number;
  readonly records: number;
  readonly megabytes: number;
  readonly duplicates: number;
  readonly returns: number;
  readonly definitions: number;
  readonly seconds: number;
  /** Of these, from the end of the workload until all of it was read. */
  readonly behindSeconds: number;
}

/**
 * kafkajs 2.2.4 ends for good when it is cut off while it logs in, which it takes for a wrong password, and while it asks
 * for its coordinator, where it tells no cause: what the service answered would stand in its log.
 */
const CUT_OFF = [
  /SASL PLAIN authentication failed: (Closed connection|Connection error: )/,
  /^(?!.*Response GroupCoordinator).*Failed to find group coordinator/s,
];

const SESSIONS = 4;
/** Between two events. */
const CALM_MS_MAX = 700;
/** A statement of the workload that could never succeed. */
const MISWRITTEN = /^(42601|42804|42883|22...|ER_PARSE_ERROR|ER_WRONG_VALUE.*|ER_TRUNCATED.*)$/;

/** A workload under fire, and what it came to. Throws at whatever must not be. */
export async function underFire({ start, kills, seed }: FireOptions): Promise<FireOutcome> {
  const pick = seededPick(seed);
  const startedMs = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "fire-changes-"));
  const source = await start();
  const service = await startService({
    asProcess: true,
    isBundle: true,
    dataDir: join(folder, "data"),
    settings: {
      kafka: { ...defaultOptions.kafka, port: await lowPort() },
      testClock: false,
      logLevel: "info",
    },
  });
  const fire = new Fire(source, service, folder, pick);
  let work: RunningWork | undefined;
  try {
    await fire.begin();
    work = startWork(source, SESSIONS, (session) => seededPick(seed + 1 + session));
    for (const event of eventsOf(kills, pick)) {
      await calm(fire);
      await fire.happen(event);
    }
    await calm(fire);
    await work.stop();
    const stoppedMs = performance.now();
    await untilAllIsRead(fire);
    const behindSeconds = Math.round((performance.now() - stoppedMs) / 1000);
    await expectSame(fire);
    // What was refused is what others did at the same time, never how it was written.
    expect([...work.refused.keys()].filter((code) => MISWRITTEN.test(code))).toEqual([]);
    // Whatever happened to the others, a client that retries goes on.
    expect(fire.reader?.ends.filter((words) => !CUT_OFF.some((cut) => cut.test(words)))).toEqual([]);
    await expectNothingLeft(fire);
    const { witness } = fire;
    return {
      seed,
      kills,
      events: fire.events as Record<string, number>,
      committed: work.committed(),
      refused: Object.fromEntries(work.refused),
      transactions: witness.replica.transactions,
      records: witness.records,
      megabytes: Math.round(witness.bytes / 1e6),
      duplicates: witness.duplicates,
      returns: witness.returns,
      definitions: witness.replica.statements.length,
      seconds: Math.round((performance.now() - startedMs) / 1000),
      behindSeconds,
    };
  } catch (error) {
    throw new Error(`seed ${seed}, after ${JSON.stringify(fire.events)}: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await work?.stop();
    await fire.reader?.stop();
    await service.stop();
    await source.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each kind once, in any order, and then whatever comes. */
function eventsOf(kills: number, pick: Pick): Event[] {
  const left: Event[] = [...EVENTS];
  return Array.from({ length: kills }, () =>
    left.length > 0 ? (left.splice(pick(left.length), 1)[0] as Event) : oneOf(pick, EVENTS),
  );
}

/** At times the next event comes before all has recovered from the last one. */
async function calm(fire: Fire): Promise<void> {
  if (fire.pick(3) > 0) {
    const { records } = fire.witness;
    const { transactions } = fire.witness.replica;
    await fire.untilRead(
      "something new was read",
      () => fire.witness.records > records && fire.witness.replica.transactions > transactions,
    );
  }
  await sleep(fire.pick(CALM_MS_MAX));
}

/** Up to a last transaction. */
async function untilAllIsRead(fire: Fire): Promise<void> {
  const session = await fire.source.connect();
  await session.run("INSERT INTO audit VALUES (-1, 1)");
  session.close();
  await fire.untilRead("all was read", () => fire.witness.lastOf(-1) === 1);
}
