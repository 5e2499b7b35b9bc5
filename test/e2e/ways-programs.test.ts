import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GROUP_PASSWORD, program } from "../provider/support/programs.ts";
import { withStack } from "../support/e2e.ts";
import { did, type Ground, idsOf, startGround } from "./support/ground.ts";

/* The ways in which programs are written and split. */

let ground: Ground;

beforeEach(async () => {
  ground = await startGround();
});
afterEach(() => ground.service.stop());

const stackOf = (body: string) => ({ program: program(body), config: ground.config });

test("stack references: one stack has the instance, another adds groups to it by its id", async () => {
  const body = `
    if (pulumi.getStack() === "dev") {
      const orders = instance("orders");
      exports.instanceId = orders.instanceId;
      exports.password = pulumi.secret("${GROUP_PASSWORD}");
    } else {
      const platform = new pulumi.StackReference("organization/test/dev");
      const on = platform.requireOutput("instanceId");
      const password = platform.requireOutput("password");
      const teams = new pulumi.Config().getNumber("teams") ?? 2;
      for (let team = 1; team <= teams; team += 1) group("team" + team, on, { password });
    }`;
  await withStack(stackOf(body), async (stack) => {
    expect((await stack.up()).errors).toEqual([]);
    const instance = await ground.onlyInstance();
    for (let team = 3; team <= 20; team += 1) await ground.makeGroup(instance, `hand${team}`);

    expect((await stack.run(["stack", "init", "teams", "--copy-config-from", "dev"])).code).toBe(0);
    expect((await stack.run(["config", "set", "teams", "3"])).code).toBe(0);
    const refused = await stack.preview();
    expect(refused.checkFailures.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/at most 20 consumer groups, got 21.*hand3.*\[DTS-1\]$/s),
    ]);
    expect((await stack.run(["config", "set", "teams", "2"])).code).toBe(0);
    expect((await stack.up()).errors).toEqual([]);
    expect(await ground.groups(instance)).toMatchObject({ team1: {}, team2: {} });
    expect(JSON.stringify(await stack.exportState()).includes(GROUP_PASSWORD)).toBe(false);

    // The platform cannot take the instance from under the teams; once they are gone it can.
    const platform = { args: ["--stack", "dev"] };
    expect((await stack.destroy(platform)).errors.join()).toMatch(
      /still has 20 consumer groups.*"hand3".* and 10 more.*\[DEL-1\]/s,
    );
    expect((await stack.destroy()).errors).toEqual([]);
    for (const { id } of Object.values(await ground.groups(instance))) await ground.deleteGroup(instance, id);
    expect((await stack.destroy(platform)).errors).toEqual([]);
    expect(await ground.instances()).toEqual([]);
  });
});

test("component resources: each with an instance and groups of its own, a nested one on its parent's instance", async () => {
  const body = `
    class Readers extends pulumi.ComponentResource {
      constructor(name, on, teams, opts) {
        super("test:index:Readers", name, {}, opts);
        for (const team of teams) group(name + "-" + team, on, { name: team, account: team }, { parent: this });
      }
    }
    class Tracked extends pulumi.ComponentResource {
      constructor(name, teams, opts) {
        super("test:index:Tracked", name, {}, opts);
        this.instance = instance(name + "-instance", { name }, { parent: this });
        this.id = this.instance.instanceId;
        new Readers(name + "-readers", this.instance, teams, { parent: this });
        this.registerOutputs({ id: this.id });
      }
    }
    const shop = new Tracked("shop", ["billing", "search"]);
    const stock = new Tracked("stock", ["billing"], { dependsOn: shop });
    exports.ids = [shop.id, stock.id];`;
  await withStack(stackOf(body), async (stack) => {
    const preview = await stack.preview();
    expect(preview.errors).toEqual([]);
    expect(preview.changes).toEqual({ create: 10 });
    expect((await stack.up()).errors).toEqual([]);
    const { ids } = (await stack.outputs()) as { ids: [string, string] };
    expect(await ground.groupNames(ids[0])).toEqual(["billing", "search"]);
    expect(await ground.groupNames(ids[1])).toEqual(["billing"]);
    expect(did(await stack.up())).toEqual([]);
    expect((await stack.destroy()).errors).toEqual([]);
    expect(await ground.instances()).toEqual([]);
  });
});

describe("what somebody else has made", () => {
  test(".get() reads it, uses it, and never deletes it", async () => {
    const instance = await ground.makeInstance("theirs");
    const id = await ground.makeGroup(instance, "their-group");
    const body = `
      const theirs = ChangeTrackingInstance.get("theirs", "${instance}", { region: "cn-hangzhou" });
      const group1 = ConsumerGroup.get("their-group", "${id}", { platform: "changeTracking", instance: theirs });
      group("mine", theirs);
      exports.seen = { name: theirs.name, status: theirs.status, topic: theirs.topic, group: group1.name, account: group1.account };`;
    await withStack(stackOf(body), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      expect((await stack.outputs()).seen).toMatchObject({
        name: "theirs",
        status: "Normal",
        topic: expect.stringMatching(/./),
        group: "their-group",
        account: "h_their_group",
      });
      expect(await ground.groupNames(instance)).toEqual(["mine", "their-group"]);
      expect(did(await stack.up())).toEqual([]);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.groupNames(instance)).toEqual(["their-group"]);

      stack.edit(program(`ChangeTrackingInstance.get("theirs", "dtsnosuchinstance");`));
      const missing = await stack.preview();
      expect(missing.ok).toBe(false);
      expect(missing.errors.join()).toMatch(
        /there is no ChangeTrackingInstance dtsnosuchinstance.*\[NotFound\]/,
      );
    });
  });

  test("look-ups find it by name or id, wait for what is not made yet, and say what is missing", async () => {
    const instance = await ground.makeInstance("theirs");
    const id = await ground.makeGroup(instance, "their-group");
    const body = `
      const byName = getChangeTrackingInstance({ name: "theirs" });
      const byId = getChangeTrackingInstance({ instanceId: "${instance}", region: "cn-hangzhou" });
      const theirGroup = getConsumerGroup({ instance: byName.instanceId, name: "their-group" });
      const mine = group("mine", byName.instanceId);
      const again = getConsumerGroup({ instance: byName.instanceId, groupId: mine.groupId });
      exports.seen = { id: byName.instanceId, name: byId.name, group: theirGroup.groupId, again: again.name };`;
    await withStack(stackOf(body), async (stack) => {
      expect((await stack.preview()).errors).toEqual([]);
      expect((await stack.up()).errors).toEqual([]);
      expect((await stack.outputs()).seen).toEqual({
        id: instance,
        name: "theirs",
        group: id,
        again: "mine",
      });
      stack.edit(program(`exports.status = getChangeTrackingInstance({ name: "nobody" }).status;`));
      const missing = await stack.preview();
      expect(missing.errors.join()).toMatch(
        /there is no change tracking instance called "nobody" in cn-hangzhou/,
      );
      expect(await ground.groupNames(instance)).toEqual(["mine", "their-group"]);
    });
  });
});

test("timeouts end a wait with the state last seen; what was made is kept, and the next up goes on", async () => {
  await ground.service.stop();
  // Every published wait takes a hundred times as long; the clock is moved by hand.
  ground = await startGround({ settings: { waitScale: 100 } });
  const body = (createSeconds: number) => `
    const orders = instance("orders", { timeouts: { create: ${createSeconds}, update: 60 } },
      { customTimeouts: { create: "2h" } });
    group("billing", orders);`;
  await withStack(stackOf(body(0)), async (stack) => {
    const refused = await stack.preview();
    expect(refused.checkFailures[0]?.reason).toMatch(/timeouts\.create must be .*1 .*86400.*got 0/);

    stack.edit(program(body(1)));
    const late = await stack.up();
    expect(late.ok).toBe(false);
    expect(late.errors.join()).toMatch(/waited 1 seconds for instance dts\w+ to be Normal; last seen: \w+/);
    const instance = await ground.onlyInstance();
    expect(idsOf(await stack.exportState()).orders).toBe(instance);

    await ground.service.admin("POST", "clock", { advanceMs: 60_000 });
    expect((await stack.up()).errors).toEqual([]);
    expect(await ground.instances()).toEqual([instance]);
    expect(await ground.groupNames(instance)).toEqual(["billing"]);
  });
});
