import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cmsByHand, lagRule } from "../provider/support/alerts.ts";
import { iotByHand, queuesByHand } from "../provider/support/groups.ts";
import { inflowGround, PASSWORD, tasksByHand } from "../provider/support/inflow.ts";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { SOURCE_PASSWORD } from "../provider/support/programs.ts";
import { somebodyElse } from "../provider/support/service.ts";
import { cancelLock, startRun } from "../support/fire.ts";
import { startService, type TestService } from "../support/service.ts";

/*
 * By the real CLI: all kinds in one program, taken over under other names, or replaced, by a run that a sibling's
 * failure, Ctrl-C or a kill cuts off before its deletes. A later run deletes what the old names had, and every thing is
 * still there. The whole table is test/provider/runtime/ownership/taken-over.test.ts.
 */

const ADOPT = { CHANGE_TRACKING_ADOPT_EXISTING: "true" };
const WAIT_MS_MAX = 60_000;

let service: TestService;
let open: OpenStack;
/** What is made by hand, as the text of the program's inputs. */
let ground: { task: string; queue: string; tracking: string };

beforeAll(async () => {
  service = await startService({ asProcess: true });
  open = await openStack({ program: program(""), config: { "changetracking:endpoint": service.url } });
});
afterAll(async () => {
  await open.close();
  await service.stop();
});
beforeEach(async () => {
  await service.admin("POST", "reset");
  const { instance, groupId, queue } = await inflowGround(service);
  await cmsByHand(service).contacts("on-call");
  const source = { instance, groupId, account: "billing", password: PASSWORD };
  const task = { name: "flow", source, sink: { version: "5.x", instance: queue, topic: "orders" } };
  ground = { task: JSON.stringify(task), queue, tracking: instance };
});

function program(body: string): Record<string, string> {
  return {
    "index.js": `
      const { ChangeTrackingInstance, ConsumerGroup, InflowTask, AlertRule } = require("pulumi-change-tracking");
      const source = (instanceId) => ({ engine: "MySQL", accessMethod: "RDS", instanceId, user: "reader", password: "${SOURCE_PASSWORD}" });
      ${body}`,
  };
}

/** One resource of each kind, whose logical names begin with a prefix; the things' own names stay. */
function everyKind(prefix: string, more = "{}", sibling = ""): Record<string, string> {
  return program(`
    const more = ${more};
    const all = [
      new ChangeTrackingInstance("${prefix}-instance", { name: "shop", source: source("rm-1"), objects: { shop: {} }, ...more.instance }),
      new ConsumerGroup("${prefix}-tracking", { platform: "changeTracking", name: "search", instance: "${ground.tracking}", account: "search", password: "${PASSWORD}" }),
      new ConsumerGroup("${prefix}-queue", { platform: "rocketmq", version: "5.x", name: "GID_search", instance: "${ground.queue}", afterLastRetry: "discard" }),
      new ConsumerGroup("${prefix}-iot", { platform: "iot", name: "meters" }),
      new InflowTask("${prefix}-task", ${ground.task}),
      new AlertRule("${prefix}-rule", ${JSON.stringify(lagRule({ name: "lag" }))}),
    ];
    ${
      sibling &&
      `new ConsumerGroup("${sibling}", { platform: "changeTracking", instance: "${ground.tracking}", account: "late", password: "${PASSWORD}" }, { dependsOn: all });`
    }
  `);
}

/** The ids that the service has. */
async function things() {
  const hand = somebodyElse(service);
  const shop = (await hand.instances()).filter((job) => job.DtsJobName === "shop");
  const groups = await hand.groups(ground.tracking);
  return {
    instances: shop.map((job) => job.DtsInstanceID),
    tracking: groups.find((one) => one.name === "search")?.id,
    queue: (await queuesByHand(service).group5(ground.queue, "GID_search"))?.consumerGroupId,
    iot: await iotByHand(service, "cn-hangzhou").idOf("meters"),
    tasks: await tasksByHand(service).names(),
    rules: (await cmsByHand(service).rules()).map((rule) => rule.RuleId),
  };
}

/** Logical names in the state by id. */
async function names(): Promise<string[]> {
  const custom = (await open.stack.exportState()).filter((one) => one.type.includes("changetracking"));
  return custom.map(({ urn }) => urn.split("::").at(-1) ?? "").sort();
}

async function applied(files: Record<string, string>, args: string[] = [], env = {}) {
  open.stack.edit(files);
  const run = await open.stack.up({ args, env });
  expect(run.errors).toEqual([]);
  return run;
}

async function untilAsked(): Promise<void> {
  const untilMs = performance.now() + WAIT_MS_MAX;
  while (performance.now() < untilMs) {
    const { faults } = (await service.admin("GET", "faults")) as { faults: { hits: number }[] };
    if (faults.some(({ hits }) => hits > 0)) return;
    await delay(20);
  }
  throw new Error("the sibling was not asked for");
}

/** The sibling comes last, so that everything else is in the state when it fails or the run ends. */
const SIBLING = { product: "dts", action: "CreateConsumerChannel" };

async function cutOff(how: string, env: Record<string, string>): Promise<void> {
  if (how === "a sibling fails") {
    const fault = { kind: "error", code: "NoRight", httpStatus: 400, times: 1 };
    await service.admin("POST", "faults", { ...SIBLING, ...fault });
    expect((await open.stack.up({ env })).ok).toBe(false);
    return;
  }
  await service.admin("POST", "faults", { ...SIBLING, kind: "delay", ms: 1_500, when: "after" });
  const run = startRun(open.stack, ["up", "--yes", "--skip-preview"], env);
  await untilAsked();
  if (how === "Ctrl-C") run.interrupt();
  else await run.killAll();
  expect((await run.done).code).not.toBe(0);
  await service.admin("DELETE", "faults");
  if (how === "kill -9") await cancelLock(open.stack);
}

const KINDS = ["instance", "iot", "queue", "rule", "task", "tracking"];
const under = (...prefixes: string[]) =>
  prefixes.flatMap((one) => KINDS.map((kind) => `${one}-${kind}`)).sort();

describe("taken over under other names", () => {
  it.each(["a sibling fails", "kill -9"])(
    "%s: the next run leaves every thing, and destroy takes all",
    async (how) => {
      await applied(everyKind("a"));
      const before = await things();
      open.stack.edit(everyKind("b", "{}", "sibling"));
      await cutOff(how, ADOPT);
      expect(await names()).toEqual(expect.arrayContaining(under("a", "b")));
      expect(await things()).toEqual(before);
      const up = await open.stack.up({ args: ["--refresh"] });
      expect(up.errors).toEqual([]);
      expect(await names()).toEqual([...under("b"), "sibling"]);
      expect(await things()).toEqual(before);
      expect((await open.stack.preview({ args: ["--refresh"] })).changed).toEqual([]);
      expect((await open.stack.destroy()).errors).toEqual([]);
      expect(await things()).toMatchObject({ instances: [], tasks: [], rules: [] });
    },
  );

  it("as a target, then a plain up; and a destroy of the old names alone", async () => {
    await applied(everyKind("a"));
    const before = await things();
    await applied(everyKind("b"), ["--target", "**::b-*"], ADOPT);
    expect(await names()).toEqual(under("a", "b"));
    await applied(everyKind("b"));
    expect([await names(), await things()]).toEqual([under("b"), before]);

    await applied(everyKind("c"), ["--target", "**::c-*"], ADOPT);
    const destroy = await open.stack.destroy({ args: ["--target", "**::b-*"] });
    expect(destroy.errors).toEqual([]);
    expect(destroy.warnings.join("\n")).toMatch(/another resource.*has taken it over/);
    expect([await names(), await things()]).toEqual([under("c"), before]);
    expect((await open.stack.refresh()).changed).toEqual([]);
    expect((await open.stack.up()).changed).toEqual([]);
    expect((await open.stack.destroy()).errors).toEqual([]);
    expect(await things()).toMatchObject({ instances: [], tasks: [], rules: [] });
  });
});

describe("replaced with adoptExisting", () => {
  it.each(["Ctrl-C"])("%s: what is new is another one, and stays", async (how) => {
    const adopt = "adoptExisting: true";
    await applied(everyKind("a", `{ instance: { ${adopt} } }`));
    const before = await things();
    open.stack.edit(everyKind("a", `{ instance: { ${adopt}, source: source("rm-2") } }`, "sibling"));
    await cutOff(how, {});
    const up = await open.stack.up();
    expect(up.errors).toEqual([]);
    const after = await things();
    expect(after).toEqual({ ...before, instances: [expect.any(String)] });
    expect(after.instances).not.toEqual(before.instances);
    const state = await open.stack.exportState();
    expect(state.find((one) => one.urn.endsWith("::a-instance"))?.id).toBe(after.instances[0]);
    expect((await open.stack.destroy()).errors).toEqual([]);
    expect(await things()).toMatchObject({ instances: [], tasks: [], rules: [] });
  });
});

describe("a destroy that was killed", () => {
  const body = (groups = ["one", "two"]) =>
    program(`
      const on = new ChangeTrackingInstance("orders", { name: "shop", source: source("rm-1"), objects: { shop: {} } });
      for (const name of ${JSON.stringify(groups)})
        new ConsumerGroup(name, { platform: "changeTracking", instance: on, account: name, password: "${PASSWORD}" });
    `);

  async function killedWhen(action: string, isDone: () => Promise<boolean>): Promise<void> {
    await service.admin("POST", "faults", {
      product: "dts",
      action,
      kind: "delay",
      ms: 5_000,
      when: "after",
    });
    const run = startRun(open.stack, ["destroy", "--yes", "--skip-preview"]);
    const untilMs = performance.now() + WAIT_MS_MAX;
    while (!(await isDone()) && performance.now() < untilMs) await delay(20);
    await run.killAll();
    await run.done;
    await service.admin("DELETE", "faults");
    await cancelLock(open.stack);
  }

  const groupNames = () => somebodyElse(service).groupNames();
  const shops = async () => (await things()).instances.length;

  it("refresh, then up, makes again what is gone, whether the instance is there or not", async () => {
    await applied(body());
    await killedWhen("DeleteConsumerChannel", async () => (await groupNames()).length < 3);
    // The engine has not stored what is gone, and a diff asks nobody.
    await open.stack.refresh();
    expect((await open.stack.up()).errors).toEqual([]);
    expect(await groupNames()).toEqual(["billing", "one", "two"]);

    await killedWhen("DeleteDtsJob", async () => (await shops()) === 0);
    const up = await open.stack.up();
    expect(up.errors.join("\n")).toMatch(
      /does not exist in cn-hangzhou.*run `pulumi refresh`, then `pulumi up` makes it again/s,
    );
    await open.stack.refresh();
    expect((await open.stack.up()).errors).toEqual([]);
    expect([await shops(), await groupNames()]).toEqual([1, ["billing", "one", "two"]]);

    await killedWhen("DeleteConsumerChannel", async () => (await groupNames()).length < 3);
    expect((await open.stack.destroy()).errors).toEqual([]);
    expect([await shops(), await groupNames(), await names()]).toEqual([0, ["billing"], []]);
  });
});
