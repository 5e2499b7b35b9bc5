import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { cmsByHand } from "../provider/support/alerts.ts";
import { type TestStack, withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";
import { did } from "./support/ground.ts";

let service: TestService;
let hand: ReturnType<typeof cmsByHand>;

beforeAll(async () => {
  service = await startService();
  hand = cmsByHand(service);
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("POST", "reset");
  await hand.contacts("on-call");
});

const HEAD = `
const pulumi = require("@pulumi/pulumi");
const { AlertRule, ChangeTrackingInstance, ConsumerGroup } = require("pulumi-change-tracking");
const source = { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "reader", password: "Sourc3-pw-5512" };
const trigger = { statistic: "Sum", comparison: ">=", threshold: 100, times: 3 };
const group = (name, instance) =>
  new ConsumerGroup(name, { platform: "changeTracking", instance, account: "a_" + name, password: "Gr0up-pw-7391" });
const rule = (name, args, opts) =>
  new AlertRule(name, { product: "changeTracking", metric: "ConsumerGroupLag", trigger, contactGroups: ["on-call"], ...args }, opts);
`;
const files = (body: string) => ({ "index.js": `${HEAD}${body}\n` });

function onStack(body: string, work: (stack: TestStack) => Promise<void>): Promise<void> {
  const config = { "changetracking:endpoint": service.url };
  return withStack({ program: files(body), config }, work);
}
const idOf = async (name: string) =>
  String((await hand.rules()).find(({ RuleName }) => RuleName === name)?.RuleId);

const WATCHED = (table: string, more = "") => `
const orders = new ChangeTrackingInstance("orders", { source, objects: { shop: { tables: ["${table}"] } } });
const groups = ["billing", "search"].map((name) => group(name, orders));
rule("lag", { range: { kind: "instances", instance: orders, groups }${more} });
`;

it("a change in place of instance and groups is no change of the alert that watches them; deletes go in order", async () => {
  await onStack(WATCHED("a"), async (stack) => {
    const up = await stack.up();
    expect(up.errors).toEqual([]);
    stack.edit(files(WATCHED("b")));
    const preview = await stack.preview();
    expect(preview.errors).toEqual([]);
    expect(did(preview)).toEqual(["orders update"]);
    expect(did(await stack.up())).toEqual(["orders update"]);
    expect(did(await stack.refresh())).toEqual([]);
    const destroyed = await stack.destroy();
    expect(destroyed.errors).toEqual([]);
    expect(destroyed.warnings).toEqual([]);
    expect(await hand.rules()).toEqual([]);
  });
});

it("another metric replaces the rule, a name does not; a rule of the same id is refused, then taken over", async () => {
  const all = (more: string) => `rule("lag", { range: { kind: "all" }${more} });`;
  await onStack(all(""), async (stack) => {
    expect((await stack.up()).errors).toEqual([]);
    const first = await idOf("lag");
    stack.edit(files(all(', name: "renamed"')));
    expect(did(await stack.up())).toEqual(["lag update"]);
    expect(await idOf("renamed")).toBe(first);

    stack.edit(files(all(', name: "renamed", product: "rocketmq", metric: "ConsumerLag"')));
    const replaced = await stack.up();
    expect(replaced.errors).toEqual([]);
    expect((await hand.rules()).map(({ MetricName }) => MetricName)).toEqual(["ConsumerLag"]);
    const second = await idOf("renamed");
    expect(second).not.toBe(first);

    const twin = all(
      ', name: "renamed", product: "rocketmq", metric: "ConsumerLag", muteSeconds: 3600, adoptExisting',
    );
    const other = twin.replace('rule("lag"', 'rule("twin"');
    await onStack(other.replace("adoptExisting", "adoptExisting: false"), async (elsewhere) => {
      const refused = await elsewhere.up();
      expect(refused.errors.join()).toMatch(/already an alert rule "renamed".*\[AlreadyExists\]/);
      expect(await hand.rule(second)).toMatchObject({ SilenceTime: 86_400 });
      elsewhere.edit(files(other.replace("adoptExisting", "adoptExisting: true")));
      expect((await elsewhere.up()).errors).toEqual([]);
      expect(await hand.rule(second)).toMatchObject({ SilenceTime: 3600 });
    });
  });
});

it("a preview shows everything that is wrong at once and no callback; get reads a rule", async () => {
  const wrong = `rule("lag", { range: { kind: "all", groups: ["g"] }, muteSeconds: 60, periodSeconds: 90, metric: "Lag",
    effectivePeriod: "8-20", methods: ["mail"], contactGroups: ["nobody"], callbackUrl: "ftp://s3cret-key" });`;
  await onStack(wrong, async (stack) => {
    const preview = await stack.preview();
    for (const id of [1, 2, 3, 4, 5, 6, 7, 9]) expect(preview.text).toContain(`[ALR-${id}]`);
    expect(preview.text).not.toContain("s3cret-key");
    expect(await hand.rules()).toEqual([]);

    await hand.put("console-1", { RuleName: "by hand" });
    stack.edit(files('exports.name = AlertRule.get("it", "console-1").name;'));
    expect((await stack.up()).errors).toEqual([]);
    expect(await stack.outputs()).toEqual({ name: "by hand" });
    expect((await stack.destroy()).errors).toEqual([]);
    expect(await hand.rules()).toHaveLength(1);
  });
});
