import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../../provider/runtime/host/clock.ts";
import { PartialError } from "../../provider/runtime/host/errors.ts";
import { makeSession, type Session } from "../../provider/runtime/host/session.ts";
import { unfinishedFiles } from "../../provider/runtime/ownership/unfinished.ts";
import type { Properties, ResourceKind } from "../../provider/runtime/resource.ts";
import { changeTrackingInstanceKind as instances } from "../../provider/runtime/resources/change-tracking-instance/index.ts";
import { consumerGroupKind as groups } from "../../provider/runtime/resources/consumer-group/index.ts";
import { root } from "../../tools/paths.ts";
import { addFaults, truthOf } from "../support/fire.ts";
import { startService, type TestService } from "../support/service.ts";

/*
 * Every action that the provider uses, with an answer that is lost after the work, a failure that passes, one that
 * does not pass, and an answer that comes too late: through the provider's own steps and the official client, against
 * the real service. The CLI is left out, so that each action can have a whole life of its resources to itself.
 */
const REGION = "cn-hangzhou";
const SOURCE = {
  engine: "MySQL",
  accessMethod: "RDS",
  instanceId: "rm-1",
  user: "u",
  password: "Sourc3-pw-1",
};
const INSTANCE: Properties = {
  name: "orders",
  region: REGION,
  source: SOURCE,
  objects: { shop: { tables: "all" } },
  dataTypes: { dml: true, ddl: true },
  payType: "PostPaid",
  tags: { a: "1" },
};
const CHANGED: Properties = {
  ...INSTANCE,
  name: "renamed",
  source: { ...SOURCE, password: "Sourc3-pw-2" },
  objects: { other: { tables: "all" } },
  tags: { b: "2" },
};
const PREPAID: Properties = { ...CHANGED, payType: "PrePaid", period: { unit: "Month", count: 1 } };
const NAMES = ["x", "y", "z"];

/** What the life below calls; a test holds it against what was really called. */
const USED = [
  ...["CreateDtsInstance", "CreateConsumerChannel"],
  ...["ConfigureSubscription", "StartDtsJob", "DescribeDtsJobDetail", "DescribeDtsJobs", "ListTagResources"],
  ...["TagResources", "UntagResources", "ModifyDtsJobName", "ModifySubscription", "ModifyDtsJobPassword"],
  ...["TransferPayType", "DescribeConsumerChannel", "ModifyConsumerChannel", "DeleteConsumerChannel"],
  "DeleteDtsJob",
];

let service: TestService;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fire-answers-"));
  service = await startService();
});
afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  await service.admin("POST", "reset");
});

/** Waits take no time, but the service is given its own. */
function quickClock(): Clock {
  let skippedMs = 0;
  return {
    nowMs: () => Date.now() + skippedMs,
    sleep: async (waitMs) => {
      skippedMs += waitMs;
      await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 2)));
    },
    random: () => 0.5,
  };
}

interface Kept {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly outs: Properties;
}

const groupInputs = (instance: string, name: string, suffix = ""): Properties => ({
  platform: "changeTracking",
  instance,
  region: REGION,
  name: name + suffix,
  account: `a_${name}${suffix}`,
  password: `Passw0rd-${suffix}`,
});

/** What a program makes, changes and deletes, each in a run of its own. Throws what the provider throws. */
class Life {
  instance: Kept | undefined;
  groups: Kept[] = [];
  readonly #clock: () => Clock;

  constructor(clock: () => Clock = quickClock) {
    this.#clock = clock;
  }

  /** The session of one run. What outlives a run is kept, as by a host. */
  #newRun(): Session {
    const config: Record<string, string> = { "changetracking:endpoint": service.url };
    const unfinished = unfinishedFiles(folder, "/program", Date.now);
    const parts = { environment: {}, clock: this.#clock(), unfinished };
    const session = makeSession({ read: (key) => config[key], ...parts });
    session.memory.rememberUrn("ChangeTrackingInstance", INSTANCE, "urn:orders");
    return session;
  }

  async make(): Promise<void> {
    const session = this.#newRun();
    this.instance ??= { kind: instances, ...(await instances.create(session, INSTANCE)) };
    const { id } = this.instance;
    const missing = NAMES.filter((name) => !this.groups.some((one) => one.outs.name === name));
    // As the engine does: what was made is kept also when another one fails.
    const ends = await Promise.allSettled(
      missing.map(async (name) => {
        const inputs = groupInputs(id, name);
        session.memory.rememberUrn("ConsumerGroup", inputs, `urn:${name}`);
        const group = await groups.create(session, inputs);
        this.groups.push({ kind: groups, ...group });
      }),
    );
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }

  /** The update with which the engine goes on with what a failed create has left. */
  async mend(): Promise<void> {
    if (this.instance) await this.#update(this.#newRun(), INSTANCE);
  }

  async change(): Promise<void> {
    const session = this.#newRun();
    for (const wanted of [CHANGED, PREPAID, CHANGED]) await this.#update(session, wanted);
    this.groups = await Promise.all(
      this.groups.map(async ({ kind, id, outs }) => {
        const name = String(outs.name);
        const news = groupInputs(String(outs.instance), name, "2");
        return { kind, id, outs: await groups.update(session, id, outs, news) };
      }),
    );
  }

  async #update(session: Session, wanted: Properties): Promise<void> {
    const { id = "", outs = {} } = this.instance ?? {};
    this.instance = { kind: instances, id, outs: await instances.update(session, id, outs, wanted) };
  }

  async end(): Promise<void> {
    const session = this.#newRun();
    await Promise.all(this.groups.map(({ id, outs }) => groups.delete(session, id, outs)));
    if (this.instance) await instances.delete(session, this.instance.id, this.instance.outs);
  }
}

async function expectMade(life: Life): Promise<void> {
  const truth = await truthOf(service);
  expect(truth.instances).toEqual([{ id: life.instance?.id, name: "orders", status: "Normal" }]);
  expect(truth.groups.map((one) => one.id).sort()).toEqual(life.groups.map((one) => one.id).sort());
  expect(truth.groups.map((one) => one.name).sort()).toEqual(NAMES);
  expect(truth.tags).toMatchObject([{ key: "a", value: "1" }]);
}

async function expectChanged(): Promise<void> {
  const truth = await truthOf(service);
  expect(truth.instances).toMatchObject([{ name: "renamed", status: "Normal" }]);
  expect(truth.groups.map((one) => one.account).sort()).toEqual(NAMES.map((name) => `a_${name}2`));
  expect(truth.tags).toMatchObject([{ key: "b", value: "2" }]);
}

const NOTHING = { instances: [], groups: [], tags: [] };

/** Runs that may end with a documented error; the next one has to go on from there. */
const DOCUMENTED = /\[AnswerLost\]/;
const RUNS_MAX = 3;

async function settled(run: () => Promise<void>): Promise<void> {
  for (let runs = 1; ; runs += 1) {
    try {
      return await run();
    } catch (error) {
      if (runs >= RUNS_MAX || !DOCUMENTED.test(String(error))) throw error;
    }
  }
}

/** The whole life, with a fault in force; each step looks past the provider at the service's own tables. */
async function live(): Promise<void> {
  const life = new Life();
  await settled(() => life.make());
  await expectMade(life);
  await settled(() => life.change());
  await expectChanged();
  await settled(() => life.end());
  expect(await truthOf(service)).toEqual(NOTHING);
}

/** What the life asked of change tracking; the looks at other products on a delete only read. */
async function called(): Promise<string[]> {
  const journal = await service.admin("GET", "journal");
  const calls = journal.calls as { action: string; product: string }[];
  return [...new Set(calls.filter((one) => one.product === "dts").map((one) => one.action))].sort();
}

it("the life calls every action that the provider has, and the fire below every one of them", async () => {
  await live();
  expect(await called()).toEqual([...USED].sort());
  const source = readFileSync(join(root, "provider/runtime/api/dts.ts"), "utf8");
  const definitions = [...source.matchAll(/#send\((\w)(\w+),/g)];
  const actions = definitions.map(([, first = "", rest = ""]) => first.toUpperCase() + rest);
  expect(actions.sort()).toEqual([...USED].sort());
});

describe.each(USED)("%s", (action) => {
  it.each([
    ["its answer lost once", { kind: "drop", times: 1 }],
    ["its answer lost three times", { kind: "drop", times: 3 }],
    ["throttled twice", { kind: "error", code: "Throttling.User", httpStatus: 400, times: 2 }],
    ["unavailable twice, before the work", { kind: "error", httpStatus: 503, times: 2 }],
    ["failing inside once", { kind: "error", code: "InternalError", httpStatus: 500, times: 1 }],
  ])("%s: never two of anything, and the end is reached", async (_, rule) => {
    await addFaults(service, [{ product: "dts", action, ...rule }]);
    await live();
  });
});

describe("a failure that does not pass", () => {
  it.each([
    ["DescribeDtsJobs", { code: "Throttling.User", httpStatus: 400 }, /DescribeDtsJobs: Throttling\.User: /],
    [
      "CreateDtsInstance",
      { code: "Throttling.User", httpStatus: 400 },
      /CreateDtsInstance: Throttling\.User: /,
    ],
    ["CreateDtsInstance", { httpStatus: 503 }, /no new instance has appeared.*\[AnswerLost\]/],
    ["ConfigureSubscription", { httpStatus: 503 }, /ConfigureSubscription: ServiceUnavailable: /],
    [
      "DescribeDtsJobDetail",
      { code: "InternalError", httpStatus: 500 },
      /DescribeDtsJobDetail: InternalError: /,
    ],
    [
      "CreateConsumerChannel",
      { code: "Throttling.User", httpStatus: 400 },
      /CreateConsumerChannel: Throttling\.User: /,
    ],
    ["CreateConsumerChannel", { httpStatus: 503 }, /CreateConsumerChannel: ServiceUnavailable: /],
    ["DescribeConsumerChannel", { httpStatus: 503 }, /DescribeConsumerChannel: ServiceUnavailable: /],
  ])(
    "%s %j: ends after a bounded number of calls, says why, and the next run goes on",
    async (action, rule, said) => {
      await addFaults(service, [{ product: "dts", action, kind: "error", ...rule }]);
      const life = new Life();
      const failure = await life.make().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(Error);
      expect((failure as Error).message).toMatch(said);
      const { calls } = (await service.admin("GET", "journal")) as unknown as { calls: { action: string }[] };
      expect(calls.filter((one) => one.action === action).length).toBeLessThanOrEqual(CALLS_MAX);
      expect((await truthOf(service)).instances.length).toBeLessThanOrEqual(1);
      // A create that failed after something was made keeps its id for the state.
      if (failure instanceof PartialError) {
        const { id, properties } = failure;
        life.instance = { kind: instances, id, outs: properties };
      }
      await service.admin("DELETE", "faults");
      await life.mend();
      await life.make();
      await expectMade(life);
    },
  );
});

/** Eight tries of a call, for three groups, and the look after a lost answer. */
const CALLS_MAX = 3 * 8 * 2;

it("answers that come too late: the work of a call that was given up happens once", async () => {
  // The client waits for 10 seconds; the work begins after that, when the call has been sent again.
  for (const action of ["CreateDtsInstance", "CreateConsumerChannel", "DeleteConsumerChannel"]) {
    await addFaults(service, [{ product: "dts", action, kind: "delay", ms: 10_700, times: 1 }]);
  }
  const life = new Life(() => systemClock);
  await settled(() => life.make());
  await delay(1_000);
  await expectMade(life);
  await settled(() => life.end());
  expect(await truthOf(service)).toEqual(NOTHING);
});
