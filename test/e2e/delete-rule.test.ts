import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { roomsWithClients } from "../provider/support/clients.ts";
import { iotByHand, queuesByHand } from "../provider/support/groups.ts";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { program } from "../provider/support/programs.ts";
import { startService, type TestService } from "../support/service.ts";
import { did } from "./support/ground.ts";

/*
 * DEL-1 by the real CLI: a group is deleted only when nothing subscribes to it. Every scene by the runtime alone is in
 * test/provider/runtime/delete-rule.test.ts; here is what depends on the engine: order, parallel steps, replacement,
 * deletedWith, a run cut off.
 */

const connected = new Set<string>();
let service: TestService;
let open: OpenStack;
let things: ReturnType<typeof iotByHand>;
let meters: string;

beforeAll(async () => {
  service = await startService({ rooms: roomsWithClients(connected) });
  things = iotByHand(service, "cn-hangzhou");
  open = await openStack({ program: program(""), config: { "changetracking:endpoint": service.url } });
});
afterAll(async () => {
  await open.close();
  await service.stop();
});
beforeEach(async () => {
  connected.clear();
  await service.admin("POST", "reset");
  meters = await things.product("meters");
});

const iot = (name: string, more = "") =>
  `const ${name} = new ConsumerGroup("${name}", { platform: "iot", subscriptions: [{ productKey: "${meters}" }], ${more} });`;

async function up(body: string) {
  open.stack.edit(program(body));
  const run = await open.stack.up();
  expect(run.errors).toEqual([]);
  return run;
}

async function destroyed() {
  const run = await open.stack.destroy();
  expect(run.errors).toEqual([]);
  expect(await open.stack.exportState()).toEqual([]);
}

/** What was said by a run that had to fail. */
async function refused(run: Promise<{ ok: boolean; errors: string[] }>): Promise<string> {
  const { ok, errors } = await run;
  expect(ok).toBe(false);
  return errors.join("\n");
}

describe("DEL-1: groups of IoT Platform", () => {
  it("three groups of one product, destroyed in parallel: all go, with the subscription that they made", async () => {
    await up(["first", "second", "third"].map((name) => iot(name)).join("\n"));
    expect(await things.groupsOf(meters)).toHaveLength(3);
    await destroyed();
    expect(await things.groupsOf(meters)).toBeUndefined();
    expect(await things.idOf("first")).toBeUndefined();
  });

  it("a product subscribed by hand: destroy names it and changes nothing; refresh and preview show it; force takes it off", async () => {
    const valves = await things.product("valves");
    const theirs = await things.group("theirs");
    await things.subscribe(valves, theirs);
    await up(iot("mine"));
    const mine = (await things.idOf("mine")) ?? "";
    await things.join(valves, mine);

    const said = await refused(open.stack.destroy());
    expect(said).toMatch(new RegExp(`product "valves" \\(${valves}\\).*forceUnsubscribe.*\\[DEL-1\\]`, "s"));
    expect([await things.groupsOf(meters), await things.groupsOf(valves)]).toEqual([[mine], [theirs, mine]]);

    expect(did(await open.stack.refresh())).toEqual(["mine update"]);
    const preview = await open.stack.preview();
    expect(did(preview)).toEqual(["mine update"]);
    expect(JSON.stringify(preview.changed[0]?.detailedDiff)).toContain("subscriptions");
    expect(await refused(open.stack.destroy())).toContain('product "valves"');

    await up(iot("mine", `forceUnsubscribe: true,`));
    expect(await things.groupsOf(valves)).toEqual([theirs]);
    await things.join(valves, mine);
    const destroy = await open.stack.destroy();
    expect(destroy.errors).toEqual([]);
    expect(destroy.warnings.join()).toContain('off product "valves"');
    expect([await things.idOf("mine"), await things.groupsOf(valves)]).toEqual([undefined, [theirs]]);
  });

  it("the last group of a subscription made elsewhere stays, until the program says otherwise", async () => {
    const theirs = await things.group("theirs");
    await things.subscribe(meters, theirs);
    await up(iot("mine"));
    await things.api.removeGroup(meters, theirs);
    open.stack.edit(program(""));
    expect(await refused(open.stack.up())).toMatch(/last group of the subscription.*\[IOT-6\]/s);
    expect(await things.groupsOf(meters)).toHaveLength(1);
    await up(
      `new ConsumerGroup("mine", { platform: "iot", subscriptions: [{ productKey: "${meters}", whenLast: "deleteSubscription" }] });`,
    );
    await destroyed();
    expect(await things.groupsOf(meters)).toBeUndefined();
  });

  it("a product that goes from one group to another is never without a group", async () => {
    const two = (first: string, second: string) => `
      const on = (name, keys) => new ConsumerGroup(name, { platform: "iot", subscriptions: keys.map((productKey) => ({ productKey })) });
      on("first", [${first}]); on("second", [${second}]);`;
    await up(two(`"${meters}"`, ""));
    const run = up(two("", `"${meters}"`));
    let isOver = false;
    void run.finally(() => {
      isOver = true;
    });
    for (let looks = 0; looks < 5_000 && !isOver; looks += 1) {
      expect((await things.groupsOf(meters))?.length ?? 0).toBeGreaterThan(0);
    }
    expect(did(await run)).toEqual(["first update", "second update"]);
    expect(await things.groupsOf(meters)).toEqual([await things.idOf("second")]);
    await destroyed();
  });

  it("a destroy cut off between its steps is run again", async () => {
    await up(iot("mine"));
    await service.admin("POST", "faults", {
      kind: "error",
      product: "iot",
      action: "DeleteConsumerGroup",
      code: "iot.system.SystemException",
      httpStatus: 200,
      times: 1,
    });
    await refused(open.stack.destroy());
    expect(await things.groupsOf(meters)).toBeUndefined();
    expect(await things.idOf("mine")).toBeDefined();
    await destroyed();
    expect(await things.idOf("mine")).toBeUndefined();
  });

  it("groups that depend on each other are deleted in order, the later one first", async () => {
    await up(
      `${iot("base")} new ConsumerGroup("after", { platform: "iot", subscriptions: [{ productKey: "${meters}" }] }, { dependsOn: base });`,
    );
    const run = await open.stack.destroy();
    expect(run.errors).toEqual([]);
    expect(run.changed.map((step) => step.name)).toEqual(["after", "base"]);
    expect(await things.groupsOf(meters)).toBeUndefined();
  });
});

describe("DEL-1: groups with a connected client", () => {
  it("RocketMQ: neither a destroy nor a replacement takes the group away, and nothing is made beside it", async () => {
    const queues = queuesByHand(service);
    const instance = await queues.instance5();
    const group = (name: string) =>
      `new ConsumerGroup("g", { platform: "rocketmq", version: "5.x", instance: "${instance}", name: "${name}", afterLastRetry: "discard", forceUnsubscribe: true });`;
    await up(group("GID_old"));
    connected.add("GID_old");
    expect(await refused(open.stack.destroy())).toMatch(/is client reader-1.*\[DEL-1\]/s);
    open.stack.edit(program(group("GID_new")));
    expect(await refused(open.stack.up())).toMatch(/is client reader-1.*\[DEL-1\]/s);
    expect(await queues.group5(instance, "GID_old")).toBeDefined();
    expect(await queues.group5(instance, "GID_new")).toBeUndefined();

    connected.clear();
    const replaced = await open.stack.up();
    expect(replaced.errors).toEqual([]);
    expect(replaced.warnings.join()).toMatch(
      /change of name replaces this consumer group.*without an offset/s,
    );
    expect(await queues.group5(instance, "GID_old")).toBeUndefined();
    expect(await queues.group5(instance, "GID_new")).toBeDefined();
    await destroyed();
  });

  it("IoT Platform: a destroy names the client and changes nothing", async () => {
    await up(iot("mine", "forceUnsubscribe: true,"));
    const mine = (await things.idOf("mine")) ?? "";
    connected.add(mine);
    expect(await refused(open.stack.destroy())).toMatch(
      /client reader-1 \(10\.0\.0\.7:4711\) is connected.*\[DEL-1\]/s,
    );
    expect(await things.groupsOf(meters)).toEqual([mine]);
    connected.clear();
    await destroyed();
  });
});
