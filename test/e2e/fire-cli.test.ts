import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestStack, withStack } from "../support/e2e.ts";
import {
  addFaults,
  cancelLock,
  expectNothingBack,
  expectNothingLost,
  type FireRun,
  fireProgram,
  fireSeed,
  groupNames,
  idsInState,
  pendingOperations,
  seededRandom,
  startRun,
  truthOf,
  untilCalls,
} from "../support/fire.ts";
import { startService, type TestService } from "../support/service.ts";

/*
 * The Pulumi CLI is killed (SIGKILL) at random moments, with everything it has started or alone, or interrupted as
 * by Ctrl-C. What the user does then is what README.md says: `pulumi cancel` for the lock that the dead CLI has left,
 * and the same command again.
 */
const GROUPS = groupNames(20);
/** The short form; FIRE_KILLS=10 and more for longer ones. */
const KILLS = Number(process.env.FIRE_KILLS ?? 6);
const ROUNDS_MAX = 12;
const RUN_ARGS = ["--yes", "--skip-preview", "--parallel", "4"];
/** A kill comes after so many answers, and then so long into the next calls. */
const CALLS_MAX = 12;
const MOMENT_MS_MAX = 300;

/** Answers are held back, so that many kills fall between the work and the state that is written after its answer. */
const SLOW_ANSWERS = [{ product: "dts", kind: "delay", ms: 300, when: "after", probability: 0.8 }];

let dataDir: string;
let service: TestService;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "fire-cli-"));
  service = await startService({ asProcess: true, dataDir, settings: { waitScale: 1 } });
});
afterAll(async () => {
  await service?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  await service.admin("POST", "reset");
  await addFaults(service, SLOW_ANSWERS);
});

const withFire = (work: (stack: TestStack) => Promise<void>) =>
  withStack(
    { program: fireProgram({ groups: GROUPS }), config: { "changetracking:endpoint": service.url } },
    work,
  );

describe("kill -9 of the CLI", () => {
  it("at random moments of up and destroy: the same command again converges", async () => {
    const seed = fireSeed(20_260_402);
    const random = seededRandom(seed);
    const startedMs = performance.now();
    const summary = { kills: 0, alone: 0, runs: 0, pendingMax: 0, mended: 0 };
    const orphans: FireRun[] = [];

    /** True when the run was killed before it ended by itself. */
    async function killed(stack: TestStack, command: "up" | "destroy"): Promise<boolean> {
      const run = startRun(stack, [command, ...RUN_ARGS]);
      summary.runs += 1;
      await untilCalls(service, run, 1 + Math.floor(random() * CALLS_MAX));
      await Promise.race([run.done, delay(random() * MOMENT_MS_MAX)]);
      if (run.ended) {
        const { code, text } = await run.done;
        expect(text).not.toContain("error:");
        expect(code).toBe(0);
        return false;
      }
      // Every third time only the CLI dies, and what it has started lives on for a while.
      const alone = summary.kills % 3 === 2;
      await (alone ? run.killAlone() : run.killAll());
      if (alone) orphans.push(run);
      summary.alone += alone ? 1 : 0;
      summary.kills += 1;
      await run.done;
      if (summary.kills === 1) expect((await stack[command]()).text).toContain("pulumi cancel");
      // A CLI that had just ended its work has no lock left to be cancelled.
      summary.mended += await cancelLock(stack);
      summary.pendingMax = Math.max(summary.pendingMax, pendingOperations(stack).length);
      await (command === "up" ? expectNothingLost(service, stack) : expectNothingBack(service, stack));
      return true;
    }

    /** Runs and kills a command until it gets through by itself, or half of the kills are used up. */
    async function underFire(stack: TestStack, command: "up" | "destroy"): Promise<void> {
      const killsMax = Math.min(KILLS, summary.kills + KILLS / 2);
      while (summary.kills < killsMax && (await killed(stack, command)));
    }

    await withFire(async (stack) => {
      try {
        for (let round = 0; round < ROUNDS_MAX && summary.kills < KILLS; round += 1) {
          await underFire(stack, "up");
          await expectConverged(stack);
          await underFire(stack, "destroy");
          expect((await stack.destroy()).errors).toEqual([]);
          expect(await truthOf(service)).toEqual({ instances: [], groups: [], tags: [] });
        }
      } finally {
        for (const orphan of orphans) await orphan.killAll();
      }
    });
    expect(summary.kills).toBeGreaterThanOrEqual(KILLS);
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    console.log(
      `fire: seed ${seed}, ${summary.kills} kills of the CLI (${summary.alone} without its children) in ${summary.runs} ` +
        `runs, at most ${summary.pendingMax} pending operations, ${summary.mended} half written files, ${seconds} s`,
    );
  });
});

describe("after a kill, on another machine", () => {
  it("nobody knows whose the groups are: the error says how to take them over for one run, and that works", async () => {
    await withFire(async (stack) => {
      const run = startRun(stack, ["up", ...RUN_ARGS]);
      await untilGroups(8);
      await run.killAll();
      await service.admin("DELETE", "faults");
      await cancelLock(stack);
      const cutOff = (await truthOf(service)).groups.length - idsInState(stack).groups.length;
      expect(cutOff).toBeGreaterThan(0);
      // What the killed run had noted is on the other machine.
      rmSync(join(String(stack.env.PULUMI_HOME), "change-tracking"), { recursive: true });
      const refused = await stack.up();
      expect(refused.text).toMatch(/CHANGE_TRACKING_ADOPT_EXISTING=true.*\[AlreadyExists\]/s);
      await expectNothingLost(service, stack);
      const up = await stack.up({ env: { CHANGE_TRACKING_ADOPT_EXISTING: "true" } });
      expect(up.errors).toEqual([]);
      await expectConverged(stack);
    });
  });
});

/** An up without a kill succeeds, everything is there once, and Pulumi's own advice clears what it still remembers. */
async function expectConverged(stack: TestStack): Promise<void> {
  const up = await stack.up();
  expect(up.errors).toEqual([]);
  expect(up.ok).toBe(true);
  await expectNothingLost(service, stack);
  await expectNothingBack(service, stack);
  const truth = await truthOf(service);
  expect(truth.instances).toMatchObject([{ name: "fire", status: "Normal" }]);
  expect(truth.groups.map((one) => one.name).sort()).toEqual([...GROUPS].sort());
  const refresh = await stack.refresh({ args: ["--clear-pending-creates"] });
  expect(refresh.errors).toEqual([]);
  expect(pendingOperations(stack)).toEqual([]);
  const again = await stack.up();
  expect(again.changed).toEqual([]);
  expect(again.warnings).toEqual([]);
}

describe("Ctrl-C in the middle of an up", () => {
  it("ends in order, and up again converges without further ado", async () => {
    await withFire(async (stack) => {
      const run = startRun(stack, ["up", ...RUN_ARGS]);
      await untilGroups(5);
      run.interrupt();
      const { code, text } = await run.done;
      expect(code).not.toBe(0);
      expect(text).toContain("cancel");
      expect(pendingOperations(stack)).toEqual([]);
      await expectNothingLost(service, stack);
      await expectNothingBack(service, stack);
      expect((await truthOf(service)).groups.length).toBeLessThan(GROUPS.length);
      await service.admin("DELETE", "faults");
      await expectConverged(stack);
    });
  });

  it("twice, so that it ends at once: up again converges", async () => {
    await withFire(async (stack) => {
      const run = startRun(stack, ["up", ...RUN_ARGS]);
      await untilGroups(5);
      run.interrupt();
      await delay(100);
      run.interrupt();
      await run.done;
      await service.admin("DELETE", "faults");
      await cancelLock(stack);
      await expectNothingLost(service, stack);
      await expectConverged(stack);
    });
  });
});

async function untilGroups(count: number): Promise<void> {
  for (let looks = 0; looks < 15_000; looks += 1) {
    if ((await truthOf(service)).groups.length >= count) return;
    await delay(20);
  }
  throw new Error(`there are no ${count} groups`);
}
