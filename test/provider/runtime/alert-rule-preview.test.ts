import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { METRICS } from "../../../contract/cms/metrics.ts";
import { COMPARISON_WORDS } from "../../../contract/limits/cms.ts";
import type { EngineLog } from "../../../provider/runtime/host/engine.ts";
import { makeSession } from "../../../provider/runtime/host/session.ts";
import type { Properties } from "../../../provider/runtime/resource.ts";
import { alertRuleKind as kind } from "../../../provider/runtime/resources/alert-rule/index.ts";
import { ALERT_PRODUCTS } from "../../../provider/schema/alert-rule.ts";
import { UNKNOWN } from "../../../provider/schema/unknown.ts";
import { startService, type TestService } from "../../support/service.ts";
import { alertIdentity, cmsByHand, lagRule } from "../support/alerts.ts";
import { type Run, runOn } from "../support/groups.ts";

/*
 * Each rule's preview cell: what is refused, on which property, with which id; the nearest value that is accepted; and
 * that nothing is stored.
 */

let service: TestService;
let hand: ReturnType<typeof cmsByHand>;

beforeAll(async () => {
  service = await startService();
  hand = cmsByHand(service);
  await hand.contacts("on-call");
  await hand.contacts("phones", { SMS: "8613012345678" });
  await hand.contacts("robots", { DingWebHook: "https://oapi.dingtalk.com/robot/send?access_token=t0ken" });
});
afterAll(() => service.stop());
afterEach(async () => expect(await hand.rules()).toEqual([]));

const failuresOf = async (inputs: Properties, run: Run = runOn(service), name = "a") => {
  const { failures } = await kind.check(run, alertIdentity(name), {}, inputs);
  expect(run.calls.filter((call) => !call.action.startsWith("Describe"))).toEqual([]);
  return failures;
};
async function refused(more: Properties, property: string, rule: string, text: RegExp | string = "") {
  const failures = await failuresOf(lagRule(more));
  expect(failures).toHaveLength(1);
  expect(failures[0]?.property).toBe(property);
  expect(failures[0]?.reason).toMatch(text);
  expect(failures[0]?.rule).toBe(rule);
}
const accepted = async (...all: Properties[]) => {
  for (const more of all) expect(await failuresOf(lagRule(more))).toEqual([]);
};
/** A session whose service is the cloud, where nobody may be called: every call fails at once. */
function cloudRun(config: Record<string, string>) {
  const said: string[] = [];
  const log: EngineLog = { warn: (text) => said.push(text), info: () => {}, progress: () => {} };
  const transport = { send: () => Promise.reject(new Error("no calls here")) };
  return { ...makeSession({ read: (key) => config[key], environment: {}, log, transport }), said };
}
const LOCAL = {
  product: "changeTracking",
  metric: "ConsumerGroupLag",
  range: { kind: "all" },
};

describe("AlertRule", () => {
  it("ALR-1 preview: instances name what the metric is of, all names nothing", async () => {
    await refused(
      { range: { kind: "instances", region: "cn-hangzhou" } },
      "range.groups",
      "ALR-1",
      /required/,
    );
    await refused({ range: { kind: "instances", groups: [] } }, "range.groups", "ALR-1", /at least one/);
    await refused({ range: { kind: "all", region: "cn-hangzhou" } }, "range.region", "ALR-1");
    await refused({ range: { kind: "all", instance: "rmq-1" } }, "range.instance", "ALR-1");
    await refused({ range: { kind: "some" } }, "range.kind", "ALR-1");
    await accepted(
      { range: { kind: "all" } },
      { range: { kind: "instances", groups: ["a", "b", "c"] } },
      { range: { kind: "instances", region: "cn-beijing", instance: UNKNOWN, groups: [UNKNOWN] } },
    );
  });

  it("ALR-2 preview: product, metric, trigger and an existing contact group are needed", async () => {
    const names = (await failuresOf({})).map(({ property }) => property);
    expect(names).toEqual(["product", "range", "metric", "trigger", "contactGroups"]);
    await refused({ contactGroups: [] }, "contactGroups", "ALR-2", /at least one/);
    await refused(
      { contactGroups: ["on-call", "nobody"] },
      "contactGroups",
      "ALR-2",
      /^contactGroups\[1\] must be an existing contact group, got "nobody"; there are on-call, phones, robots/,
    );
    await accepted({ contactGroups: ["on-call", "phones"] }, { contactGroups: ["on-call", UNKNOWN] });
  });

  it("ALR-2 preview: a group that is made after the first look counts; one look serves all rules", async () => {
    const run = runOn(service);
    for (const name of ["a", "b", "c"]) await failuresOf(lagRule(), run, name);
    expect(run.calls).toHaveLength(2);
    expect(await failuresOf(lagRule({ contactGroups: ["late"] }), run, "d")).toHaveLength(1);
    await hand.contacts("late");
    expect(await failuresOf(lagRule({ contactGroups: ["late"] }), run, "d")).toEqual([]);
  });

  it("ALR-2 preview: when the service cannot be asked preview goes on and warns once", async () => {
    const action = "DescribeContactGroupList";
    await service.admin("POST", "faults", { action, kind: "error", httpStatus: 500 });
    const run = runOn(service);
    for (const name of ["a", "b"])
      expect(await failuresOf(lagRule({ contactGroups: ["x"] }), run, name)).toEqual([]);
    await service.admin("DELETE", "faults");
    expect(run.said).toEqual([expect.stringMatching(/^warn: CloudMonitor could not be asked/)]);
    expect(run.calls).toHaveLength(1);
  });

  it("ALR-2 preview: a rule that stays as it is only warns of a contact group that is gone", async () => {
    const inputs = { ...lagRule({ contactGroups: ["gone"] }), name: "a", region: "cn-hangzhou" };
    const run = runOn(service);
    expect((await kind.check(run, alertIdentity("a"), inputs, inputs)).failures).toEqual([]);
    expect(run.said).toEqual([expect.stringMatching(/"gone"/)]);
    const changed = await kind.check(run, alertIdentity("a"), inputs, { ...inputs, muteSeconds: 3600 });
    expect(changed.failures).toHaveLength(1);
  });

  it("ALR-3 preview: statistic, comparison, times and a period of whole minutes", async () => {
    const trigger = lagRule().trigger as Properties;
    const withTrigger = (more: Properties) => ({ trigger: { ...trigger, ...more } });
    await refused(withTrigger({ statistic: "Median" }), "trigger.statistic", "ALR-3", /Sum for ConsumerLag/);
    await refused(withTrigger({ statistic: "Average" }), "trigger.statistic", "ALR-3");
    await refused(withTrigger({ comparison: "=>" }), "trigger.comparison", "ALR-3");
    await refused(withTrigger({ threshold: "many" }), "trigger.threshold", "ALR-3");
    await refused(withTrigger({ times: 0 }), "trigger.times", "ALR-3");
    await refused({ periodSeconds: 90 }, "periodSeconds", "ALR-3", /multiple of 60/);
    await refused({ periodSeconds: 0 }, "periodSeconds", "ALR-3");
    await accepted(
      ...COMPARISON_WORDS.map((comparison) => withTrigger({ comparison })),
      withTrigger({ times: 1, threshold: -0.5 }),
      { periodSeconds: 60 },
    );
  });

  it("ALR-4 preview: the metric is one of the product; every metric is taken", async () => {
    await refused({ metric: "ConsumerLags" }, "metric", "ALR-4", /did you mean ConsumerLag\?/);
    await refused({ product: "iot" }, "metric", "ALR-4");
    for (const [product, namespace] of Object.entries(ALERT_PRODUCTS)) {
      for (const { name: metric, statistics } of METRICS[namespace]) {
        const trigger = { ...(lagRule().trigger as Properties), statistic: statistics[0] };
        await accepted({ product, metric, trigger, range: { kind: "all" } });
      }
    }
  });

  it("ALR-4 preview: a name that is local only warns with a cloud target, once", async () => {
    const cloud = cloudRun({ "changetracking:target": "cloud" });
    const hosts = JSON.stringify({ cms: "metrics.cn-hangzhou.aliyuncs.com" });
    for (const run of [cloud, cloudRun({ "changetracking:endpoints": hosts })]) {
      for (let time = 0; time < 2; time += 1)
        await kind.check(run, alertIdentity("a"), {}, lagRule({ ...LOCAL, contactGroups: [UNKNOWN] }));
      expect(run.said).toEqual([expect.stringMatching(/^metric ConsumerGroupLag .*local.*\[ALR-4\]$/)]);
    }
    const published = cloudRun({ "changetracking:target": "cloud" });
    await kind.check(published, alertIdentity("a"), {}, lagRule({ contactGroups: [UNKNOWN] }));
    expect(published.said).toEqual([]);
    const local = runOn(service);
    expect(await failuresOf(lagRule(LOCAL), local)).toEqual([]);
    expect(local.said).toEqual([]);
  });

  it("ALR-5 preview: muted for 300 to 86400 s; below 3600 one warning names the page", async () => {
    await refused({ muteSeconds: 299 }, "muteSeconds", "ALR-5", /300 to 86400/);
    const run = runOn(service);
    for (let time = 0; time < 2; time += 1)
      expect(await failuresOf(lagRule({ muteSeconds: 3599 }), run, "short")).toEqual([]);
    expect(run.said).toEqual([expect.stringMatching(/3599 .*3600 s .*PutResourceMetricRule.*\[ALR-5\]$/)]);
    const published = runOn(service);
    await failuresOf(lagRule({ muteSeconds: 3600 }), published, "long");
    expect(published.said).toEqual([]);
    await refused({ muteSeconds: 86_401 }, "muteSeconds", "ALR-5");
    await refused({ muteSeconds: 4000.5 }, "muteSeconds", "ALR-5");
    await accepted({ muteSeconds: 3600 }, { muteSeconds: 86_400 });
  });

  it("ALR-6 preview: the effective period, over midnight too", async () => {
    for (const effectivePeriod of ["8-20", "08:00-24:00", "08:00-20:60", "08:00 - 20:00", "08:00-20:00 CET"])
      await refused({ effectivePeriod }, "effectivePeriod", "ALR-6", /HH:MM-HH:MM/);
    for (const effectivePeriod of ["00:00-23:59", "22:00-06:00", "08:00-20:00 +0800", "08:00-20:00 -0330"])
      await accepted({ effectivePeriod });
  });

  it("ALR-7 preview: levels, and each reaches somebody unless there is a callback", async () => {
    await refused({ methods: [] }, "methods", "ALR-7", /at least one/);
    await refused({ methods: ["mail"] }, "methods[0]", "ALR-7");
    await refused({ contactGroups: ["phones"] }, "methods", "ALR-7", /"info".*"phones".*Mail or DingWebHook/);
    await refused({ contactGroups: ["phones"], methods: ["critical", "info"] }, "methods", "ALR-7");
    await accepted(
      { contactGroups: ["phones"], methods: ["critical", "warn"] },
      { contactGroups: ["phones"], callbackUrl: "https://example.com/hook" },
      { contactGroups: ["phones", "robots"] },
      { methods: ["critical", "warn", "info"] },
    );
  });

  it("ALR-8 preview: an e-mail subject with a range of instances only, a remark with any", async () => {
    await refused({ range: { kind: "all" }, emailSubject: "lag" }, "emailSubject", "ALR-8");
    await accepted({ emailSubject: "lag" }, { range: { kind: "all" }, emailRemark: "look" });
  });

  it("ALR-9 preview: the callback is an http or https URL, in no message", async () => {
    for (const callbackUrl of ["ftp://s3cret.example.com", "s3cret", "http://", "javascript:s3cret"]) {
      const failures = await failuresOf(lagRule({ callbackUrl }));
      expect(failures).toEqual([
        {
          property: "callbackUrl",
          reason: expect.stringMatching(/^callbackUrl must be an http/),
          rule: "ALR-9",
        },
      ]);
      expect(JSON.stringify(failures)).not.toContain("s3cret");
    }
    await accepted(
      { callbackUrl: "http://example.com" },
      { callbackUrl: "https://127.0.0.1:8443/hook?key=k" },
    );
  });

  it("ALR-9 preview: a private address warns with a cloud target, without the address's key", async () => {
    const check = async (callbackUrl: string) => {
      const run = cloudRun({ "changetracking:target": "cloud" });
      await kind.check(run, alertIdentity("a"), {}, lagRule({ callbackUrl, contactGroups: [UNKNOWN] }));
      return run.said;
    };
    for (const host of ["10.0.0.7", "127.0.0.1", "192.168.1.1", "[::1]", "hooks.internal", "localhost"]) {
      const said = await check(`https://${host}/hook?key=s3cret`);
      expect(said).toEqual([expect.stringContaining(`callbackUrl leads to ${host}, which`)]);
      expect(said.join()).not.toContain("s3cret");
    }
    expect(await check("https://example.com/hook")).toEqual([]);
  });

  it("ALR-10 preview: the ARNs of auto scaling and Log Service", async () => {
    const scaling = "acs:ess:cn-hangzhou:1:scalingGroupId/g:scalingRuleId/r";
    const logstore = "acs:log:cn-hangzhou:1:project/p/logstore/l";
    await refused({ targets: { autoScaling: logstore } }, "targets.autoScaling", "ALR-10", /acs:ess/);
    await refused({ targets: { logService: "acs:log:x" } }, "targets.logService", "ALR-10", /acs:log/);
    await accepted({ targets: { autoScaling: scaling, logService: logstore } }, { targets: {} });
  });

  it("two rules of one name on one metric are refused, on two metrics they are not", async () => {
    const run = runOn(service);
    expect(await failuresOf(lagRule({ name: "x" }), run, "a")).toEqual([]);
    expect(await failuresOf(lagRule({ name: "x" }), run, "a")).toEqual([]);
    expect(await failuresOf(lagRule({ name: "x", metric: "ReadyMessages" }), run, "b")).toEqual([]);
    expect(await failuresOf(lagRule({ name: "x" }), run, "c")).toEqual([
      {
        property: "name",
        reason: expect.stringMatching(/unique.*on ConsumerLag, but the resource a has "x" too$/),
      },
    ]);
  });

  it("everything may be unknown", async () => {
    const unknowns = Object.fromEntries(Object.keys(lagRule({ methods: 1 })).map((key) => [key, UNKNOWN]));
    expect(await failuresOf(unknowns)).toEqual([]);
  });
});
