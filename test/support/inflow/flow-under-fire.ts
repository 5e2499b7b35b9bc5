import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { oneOf, type Pick } from "../dts/fire/source.ts";
import { PostgresSource } from "../dts/postgres-source.ts";
import { seededPick } from "../fire.ts";
import { FLOW_EVENTS, type FlowEvent, FlowFire } from "./flow-fire.ts";
import { FlowWorld } from "./flow-world.ts";
import { ORDER_TABLES, OrderWork } from "./order-work.ts";
import { WildFunction } from "./wild-function.ts";

const SESSIONS = 3;
/** Between two events. */
const CALM_MS_MAX = 1_200;
const DIFFERENCES_MAX = 8;

export interface FlowFireOptions {
  readonly kills: number;
  readonly seed: number;
}

/** A workload whose changes flow under fire, and what it came to. Throws at whatever must not be. */
export async function flowUnderFire({ kills, seed }: FlowFireOptions): Promise<object> {
  const startedMs = performance.now();
  const pick = seededPick(seed);
  const folder = mkdtempSync(join(tmpdir(), "fire-inflow-"));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const source = await PostgresSource.start();
    stops.push(() => source.stop());
    for (const statement of ORDER_TABLES) await source.sql(statement);
    const wild = await WildFunction.start(seededPick(seed + 1));
    stops.push(() => wild.stop());
    const world = await FlowWorld.start(source, wild.url, folder);
    stops.push(() => world.service.stop());
    const fire = new FlowFire(world, pick);
    stops.push(() => fire.stop());
    await fire.begin();
    const work = new OrderWork();
    work.start(
      source,
      Array.from({ length: SESSIONS }, (_, session) => seededPick(seed + 2 + session)),
    );
    stops.push(() => work.stop());
    for (const event of eventsOf(kills, pick)) {
      await calm(fire, pick);
      await fire.happen(event);
    }
    await calm(fire, pick);
    await work.stop();
    const stoppedMs = performance.now();
    await expectAll(fire, work);
    const { buried, strict, blocked, events } = fire;
    return {
      seed,
      events,
      committed: work.committed,
      changes: work.changes,
      wanted: [...work.wanted.values()].reduce((sum, { length }) => sum + length, 0),
      buried: Object.fromEntries(buried.topics.map((topic) => [topic, buried.countOf(topic)])),
      strict: strict.countOf("strict"),
      late: buried.late,
      duplicates: [buried.duplicates, strict.duplicates],
      function: wild.whims,
      blocked,
      seconds: Math.round((performance.now() - startedMs) / 1000),
      behindSeconds: Math.round((performance.now() - stoppedMs) / 1000),
    };
  } catch (error) {
    throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
  } finally {
    for (const stop of stops.reverse()) await Promise.resolve(stop()).catch(() => undefined);
  }
}

/** All that was committed and passes the pattern has come to both, and nothing else; the function is as wild as before. */
async function expectAll(fire: FlowFire, work: OrderWork): Promise<void> {
  const differences = () =>
    [fire.buried, fire.strict].flatMap((one) => one.differences(work.wanted)).slice(0, DIFFERENCES_MAX);
  await fire
    .until("all came", () => differences().length === 0)
    .catch((error: Error) => {
      throw new Error(`${differences().join("\n")}\n${error.message}`);
    });
  await fire.judgeTending();
  expect(fire.ends).toEqual([]);
}

/** Each kind once, in any order, and then whatever comes. */
function eventsOf(kills: number, pick: Pick): FlowEvent[] {
  const left: FlowEvent[] = [...FLOW_EVENTS];
  return Array.from({ length: kills }, () =>
    left.length > 0 ? (left.splice(pick(left.length), 1)[0] as FlowEvent) : oneOf(pick, FLOW_EVENTS),
  );
}

/** At times the next event comes before all has recovered from the last one. */
async function calm(fire: FlowFire, pick: Pick): Promise<void> {
  const { messages } = fire;
  if (pick(3) > 0) await fire.until("something new came", () => fire.messages > messages);
  else fire.look();
  await fire.judgeTending();
  await sleep(pick(CALM_MS_MAX));
}
