import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { userCacheFolder } from "../../tools/paths.ts";
import { type TestStack, withStack } from "../support/e2e.ts";
import {
  addFaults,
  expectNothingBack,
  expectNothingLost,
  type FireRun,
  fireProgram,
  fireSeed,
  groupNames,
  seededRandom,
  startRun,
  truthOf,
  untilCalls,
} from "../support/fire.ts";
import { startService, type TestService } from "../support/service.ts";

/*
 * The service is killed (SIGKILL) at random moments while the real CLI makes and deletes an instance with 20 groups,
 * and started again at once on the same port and data folder. What it had answered must be there afterwards, nothing
 * may be there twice, and a run without kills must finish what is left.
 */
/** The short form; FIRE_KILLS=100 for the long one. */
const KILLS = Number(process.env.FIRE_KILLS ?? 20);
const KILLS_PER_RUN = 12;
/** Only there to end: a round has some 20 kills. */
const ROUNDS_MAX = 30;
const GROUPS = groupNames(20);
/** Between two kills: so many answers, and then so long into the next calls. */
const CALLS = { min: 2, max: 8 };
const MOMENT_MS_MAX = 150;

/** How a run may end when the service was away for too long, or an order was lost. */
const DOCUMENTED = /\[(Unreachable|NoAnswer|AnswerLost)\]|ECONNRESET|ETIMEDOUT/;

/** Answers are held back, so that a kill often falls between the work and its answer. */
const SLOW_ANSWERS = [
  { product: "dts", kind: "delay", ms: 150, when: "after", probability: 0.6 },
  { product: "dts", kind: "delay", ms: 150, when: "before", probability: 0.3 },
];

let dataDir: string;
let service: TestService;

beforeAll(async () => {
  // A hundred starts of the same sources.
  process.env.NODE_COMPILE_CACHE = join(userCacheFolder(), "node-compile");
  dataDir = mkdtempSync(join(tmpdir(), "fire-service-"));
  service = await startService({ asProcess: true, dataDir, settings: { waitScale: 1 } });
});
afterAll(async () => {
  await service?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const summary = { kills: 0, runs: 0, failedRuns: 0, secondRuns: 0 };

/** Kills and restarts the service while the run goes on; returns how often. */
async function killDuring(run: FireRun, random: () => number): Promise<number> {
  let kills = 0;
  while (!run.ended && kills < KILLS_PER_RUN) {
    await untilCalls(service, run, CALLS.min + Math.floor(random() * (CALLS.max - CALLS.min + 1)));
    await Promise.race([run.done, delay(random() * MOMENT_MS_MAX)]);
    if (run.ended) break;
    await service.kill9();
    kills += 1;
    await service.restart();
    await addFaults(service, SLOW_ANSWERS);
  }
  return kills;
}

async function underFire(stack: TestStack, command: "up" | "destroy", random: () => number): Promise<void> {
  await addFaults(service, SLOW_ANSWERS);
  const run = startRun(stack, [command, "--yes", "--skip-preview", "--parallel", "4"]);
  const kills = await killDuring(run, random);
  const { code, text } = await run.done;
  summary.kills += kills;
  summary.runs += 1;
  await service.admin("DELETE", "faults");
  if (code === 0) return;
  summary.failedRuns += 1;
  expect(text).toMatch(DOCUMENTED);
  await (command === "up" ? expectNothingLost(service, stack) : expectNothingBack(service, stack));
  summary.secondRuns += 1;
  const second = await stack[command]();
  expect(second.errors).toEqual([]);
  expect(second.ok).toBe(true);
}

it(`loses and doubles nothing when the service is killed ${KILLS} times`, async () => {
  const seed = fireSeed(20_260_401);
  const random = seededRandom(seed);
  const startedMs = performance.now();
  const config = { "changetracking:endpoint": service.url };
  const program = fireProgram({ groups: GROUPS, tags: { team: "fire" } });
  await withStack({ program, config }, async (stack) => {
    for (let round = 0; round < ROUNDS_MAX && summary.kills < KILLS; round += 1) {
      await underFire(stack, "up", random);
      await expectNothingLost(service, stack);
      await expectNothingBack(service, stack);
      const truth = await truthOf(service);
      expect(truth.instances).toMatchObject([{ name: "fire", status: "Normal" }]);
      expect(truth.groups.map((one) => one.name).sort()).toEqual([...GROUPS].sort());
      await underFire(stack, "destroy", random);
      expect(await truthOf(service)).toEqual({ instances: [], groups: [], tags: [] });
    }
  });
  expect(summary.kills).toBeGreaterThanOrEqual(KILLS);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(
    `fire: seed ${seed}, ${summary.kills} kills of the service in ${summary.runs} runs, ${summary.failedRuns} runs failed, ` +
      `${summary.secondRuns} second runs, ${seconds} s`,
  );
});
