import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { program } from "../provider/support/programs.ts";
import { startService, type TestService } from "../support/service.ts";

let service: TestService;
let open: OpenStack;

beforeAll(async () => {
  service = await startService();
  const config = { "changetracking:endpoint": service.url };
  open = await openStack({ program: program(""), config });
});
afterAll(async () => {
  await open.close();
  await service.stop();
});

const MORE = `const { AlertRule, InflowTask } = require("pulumi-change-tracking");
const alert = (name, args) => new AlertRule(name, { product: "changeTracking", metric: "ConsumerGroupLag",
  range: { kind: "all" }, trigger: { statistic: "Maximum", comparison: ">", threshold: 1, times: 1 },
  contactGroups: [orders.status], ...args });
const queue = (name, args) => new ConsumerGroup(name, { platform: "rocketmq", instance: "rmq-cn-1", version: "5.x", afterLastRetry: "discard", ...args });
const devices = (name, args) => new ConsumerGroup(name, { platform: "iot", ...args });
const task = (name, args) => new InflowTask(name, { region: "cn-hangzhou",
  source: { instance: orders.id, groupId: "dtsgroup_" + name, account: "a", password: "Passw0rd-7" },
  sink: { version: "5.x", instance: "rmq-cn-1", topic: "changes" }, ...args });`;

describe("a program with many mistakes, by the real CLI", () => {
  it("shows each of fifteen once, at its resource, in one preview", async () => {
    open.stack.edit(
      program(`${MORE}
        const orders = instance("orders", { payType: "PrePad" });
        instance("copy", { source: "postgres://u:pw@h/db" });
        instance("ports", { source: { ...source, host: "h", port: 70000 } });
        group("words", orders, { account: "a-b" });
        group("empty", orders, { name: "" });
        group("typo", orders, { pasword: "Abcdefgh1" });
        group("weak", orders, { password: "abcdefgh" });
        group("first", orders, { name: "same" });
        group("second", orders, { name: "same" });
        class Team extends pulumi.ComponentResource {
          constructor(name) { super("my:Team", name, {}, { dependsOn: [orders] }); group("inside", orders, { account: "b-c" }, { parent: this }); }
        }
        new Team("team");
        queue("queue", { deliveryOrder: "sorted" });
        devices("devices_1", { name: "abc" });
        alert("lag", { trigger: { statistic: "Maximum", comparison: ">", threshold: 1, times: 0 } });
        alert("rings", { emailSubject: "s" });
        task("flow", { batch: { messages: 10001 } });
        task("drain", { errorsTolerance: "SOME" });
        group("fine", orders);
      `),
    );
    const result = await open.stack.preview();
    expect(result.checkFailures.map(({ name, property }) => `${name} ${property}`).sort()).toEqual(
      [
        "copy source",
        "devices_1 name",
        "drain errorsTolerance",
        "empty name",
        "flow batch.messages",
        "inside account",
        "lag trigger.times",
        "orders payType",
        "ports source.port",
        "queue deliveryOrder",
        "rings emailSubject",
        "second name",
        "typo pasword",
        "weak password",
        "words account",
      ].sort(),
    );
    expect(result.ok).toBe(false);
    // Each line stands at its resource and reads as it is, without the engine's "property x value {…} has a problem".
    for (const { name, reason } of result.checkFailures) {
      expect(result.diagnostics.filter((one) => one.name === name).map((one) => one.message)).toEqual([
        `${name}: ${reason}`,
      ]);
    }
    // Whose mistake it is stands there in every way a preview is printed.
    const plain = await open.stack.run(["preview", "--diff"]);
    for (const { name, reason } of result.checkFailures) {
      expect(plain.stdout + plain.stderr).toContain(`${name}: ${reason}`);
    }
    expect(result.text).not.toMatch(/has a problem|<nil>|pw@h/);
    expect(result.steps.find((step) => step.name === "fine")?.op).toBe("create");

    // Without a preview the engine's own check refuses.
    const up = await open.stack.up();
    expect(up.ok).toBe(false);
    expect(up.checkFailures).toHaveLength(1);
    expect(up.changed).toEqual([]);
  });

  it("what the last run did not finish is said, where the update shows no difference", async () => {
    open.stack.edit(program(`instance("orders");`));
    const failing = { code: "InvalidParameter", httpStatus: 400, times: 1 };
    const fault = { kind: "error", product: "dts", action: "StartDtsJob", ...failing };
    await service.admin("POST", "faults", fault);
    expect((await open.stack.up()).ok).toBe(false);
    await service.admin("DELETE", "faults");
    const preview = await open.stack.preview();
    expect(preview.steps.map(({ name, op }) => `${name} ${op}`)).toEqual(["orders update"]);
    expect(preview.diagnostics).toContainEqual(
      expect.objectContaining({
        name: "orders",
        severity: "info",
        message: expect.stringMatching(/^The last run did not finish this resource, .*StartDtsJob/s),
      }),
    );
    expect((await open.stack.up()).errors).toEqual([]);
    const quiet = await open.stack.preview();
    expect(quiet.steps.map(({ op }) => op)).toEqual(["same"]);
    expect(quiet.diagnostics).toEqual([]);
  });
});
