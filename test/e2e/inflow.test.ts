import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { queueWithTopic, tasksByHand } from "../provider/support/inflow.ts";
import { program } from "../provider/support/programs.ts";
import { somebodyElse } from "../provider/support/service.ts";
import { withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";
import { root } from "../support/sources.ts";

/* Inflow tasks by the real CLI: the example as it is, and what only the engine's order can show. */

let service: TestService;
let hand: ReturnType<typeof tasksByHand>;
let queue: string;

beforeEach(async () => {
  service = await startService();
  hand = tasksByHand(service);
  queue = await queueWithTopic(service);
});
afterEach(() => service.stop());

const done = (run: { changed: { op: string; name: string }[] }) =>
  run.changed.map((step) => `${step.op} ${step.name}`);
const NEW_PASSWORD = "0ther-pw-4711";

describe("examples/inflow", () => {
  it("previews, applies, changes, pauses, takes a new password, refreshes and is destroyed", async () => {
    const config = {
      "changetracking:endpoint": service.url,
      queueInstance: queue,
      topic: "orders",
      sourcePassword: { secret: "Sourc3-pw-5512" },
      groupPassword: { secret: "Gr0up-pw-7391" },
    };
    const example = { program: join(root, "examples/inflow"), project: "change-tracking-inflow", config };
    await withStack(example, async (stack) => {
      const set = (key: string, value: string, ...flags: string[]) =>
        stack.run(["config", "set", key, value, ...flags]);
      const preview = await stack.preview({ args: ["--diff"] });
      expect(preview.errors).toEqual([]);
      expect(preview.text).not.toMatch(/__identity|Gr0up-pw-7391/);
      expect(await hand.names()).toEqual([]);

      const up = await stack.up();
      expect(up.errors).toEqual([]);
      expect(await stack.outputs()).toMatchObject({ status: "RUNNING", accessMethod: "RDS" });
      expect((await stack.up()).changed).toEqual([]);
      expect((await stack.refresh()).changed).toEqual([]);
      expect(JSON.stringify(await stack.exportState())).not.toContain("Gr0up-pw-7391");

      await set("messages", "10001");
      expect((await stack.preview()).text).toContain("1 to 10000 messages, got 10001 [MQ-2]");
      await set("messages", "10000");
      await set("state", "paused");
      const paused = await stack.up();
      expect([done(paused), await hand.names()]).toEqual([
        ["update orders-to-queue"],
        ["orders-to-queue PAUSED"],
      ]);
      await set("state", "running");
      await set("groupPassword", NEW_PASSWORD, "--secret");
      const again = await stack.up();
      expect(again.errors).toEqual([]);
      expect(done(again).sort()).toEqual(["update orders-to-queue", "update to-queue"]);
      const record = await hand.api.stream("orders-to-queue");
      expect(record).toMatchObject({
        Status: "RUNNING",
        Source: { SourceDTSParameters: { Password: NEW_PASSWORD } },
        RunOptions: { BatchWindow: { CountBasedWindow: 10000 } },
      });
      expect(JSON.stringify(await stack.exportState())).not.toContain(NEW_PASSWORD);

      await hand.api.pause("orders-to-queue");
      expect((await stack.refresh()).errors).toEqual([]);
      expect((await stack.preview({ args: ["--diff"] })).text).toMatch(/~ state *: "paused" => "running"/);
      expect((await stack.up()).errors).toEqual([]);
      expect(await hand.names()).toEqual(["orders-to-queue RUNNING"]);

      const destroy = await stack.destroy();
      expect(destroy.errors).toEqual([]);
      expect([await hand.names(), await somebodyElse(service).instances()]).toEqual([[], []]);
    });
  });
});

describe("an inflow task and its group", () => {
  const body = (more: string, groupMore = "{}") =>
    program(`
const { InflowTask } = require("pulumi-change-tracking");
const orders = instance("orders");
const billing = group("billing", orders, ${groupMore});
const sink = { version: "5.x", instance: "${queue}", topic: "orders" };
${more}
exports.groupId = billing.id; exports.instanceId = orders.id;
`);
  const config = () => ({ "changetracking:endpoint": service.url });
  const Own = `new InflowTask("t", { source: { group: billing }, sink });`;

  it("a start that fails keeps the task, with the reason, and the next up mends it", async () => {
    const wrong = `new InflowTask("t", { source: { group: billing }, sink: { ...sink, topic: "nowhere" } });`;
    await withStack({ program: body(wrong), config: config() }, async (stack) => {
      const failed = await stack.up();
      expect(failed.errors.join()).toMatch(/STARTING_FAILED.*Topic names no topic/s);
      expect((await stack.exportState()).some((one) => one.type.endsWith("InflowTask"))).toBe(true);
      stack.edit(body(Own));
      const mended = await stack.up();
      expect([mended.errors, done(mended)]).toEqual([[], ["update t"]]);
      expect(await hand.names()).toEqual(["t RUNNING"]);
    });
  });

  it("a group that is replaced in its instance takes its task away first and gets it back", async () => {
    const groupWith = (args: string) => body(Own, `${args}, { replaceOnChanges: ["account"] }`);
    await withStack({ program: groupWith("{}"), config: config() }, async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const before = (await stack.outputs()).groupId;
      stack.edit(groupWith('{ account: "another" }'));
      const replaced = await stack.up();
      expect(replaced.errors).toEqual([]);
      expect((await stack.outputs()).groupId).not.toBe(before);
      expect(await hand.names()).toEqual(["t RUNNING"]);
      expect((await stack.up()).changed).toEqual([]);
    });
  });

  it("two tasks on one group are refused before anything is made", async () => {
    const two = `${Own}\nnew InflowTask("u", { source: { group: billing, password: "Gr0up-pw-7391" }, sink });`;
    await withStack({ program: body(two), config: config() }, async (stack) => {
      const preview = await stack.preview();
      expect(preview.ok).toBe(false);
      expect(preview.text).toMatch(/no other inflow task reads.*\[DTS-2\]/s);
      expect(preview.text).not.toContain("Gr0up-pw-7391");
      expect(await somebodyElse(service).instances()).toEqual([]);
    });
  });

  it("DEL-1: somebody else's task keeps the group, and forceUnsubscribe pauses it", async () => {
    await withStack({ program: body(Own), config: config() }, async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const { groupId, instanceId } = (await stack.outputs()) as Record<string, string>;
      const place = { instance: instanceId ?? "", groupId: groupId ?? "", queue };
      await hand.api.pause("t");
      await hand.run("theirs", place, "Gr0up-pw-7391");
      const refused = await stack.destroy();
      expect(refused.errors.join()).toMatch(/not deleted: inflow tasks.*"theirs" \(\w+\).*\[DEL-1\]/s);
      expect((await hand.names()).map((one) => one.split(" ")[0])).toEqual(["theirs"]);
      expect(await somebodyElse(service).groupNames()).toEqual(["billing"]);

      stack.edit(body("", "{ forceUnsubscribe: true }"));
      expect((await stack.up()).errors).toEqual([]);
      const forced = await stack.destroy();
      expect(forced.errors).toEqual([]);
      expect(await somebodyElse(service).groupNames()).toEqual([]);
      expect((await hand.names()).join()).not.toContain("RUNNING");
    });
  });
});
