import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as runtime from "../../../provider/runtime/index.ts";
import type { Unfinished, UnfinishedNote } from "../../../provider/runtime/ownership/unfinished.ts";
import { nothingUnfinished } from "../../../provider/runtime/ownership/unfinished.ts";
import type { Properties } from "../../../provider/runtime/resource.ts";
import { alertRuleKind as kind } from "../../../provider/runtime/resources/alert-rule/index.ts";
import { startService, type TestService } from "../../support/service.ts";
import {
  checkedRule,
  cmsByHand,
  createRule,
  lagRule,
  refreshRule,
  removeRule,
  updateRule,
} from "../support/alerts.ts";
import { create, failureOf, iotByHand, queuesByHand, REGION, remove, runOn } from "../support/groups.ts";

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

const SCALING = "acs:ess:cn-hangzhou:1:scalingGroupId/g:scalingRuleId/r";
const LOGSTORE = "acs:log:cn-hangzhou:1:project/p/logstore/l";
const full = (more: Properties = {}) =>
  lagRule({
    name: "lag of billing",
    periodSeconds: 120,
    muteSeconds: 7200,
    effectivePeriod: "22:00-06:00 +0800",
    methods: ["critical", "info"],
    targets: { autoScaling: SCALING, logService: LOGSTORE },
    emailSubject: "lag",
    emailRemark: "look at the consumers",
    callbackUrl: "https://example.com/hook?key=s3cret",
    enabled: false,
    ...more,
  });
const said = (run: { said: string[] }, word: string) => run.said.filter((text) => text.includes(word));

describe("create, change, read, delete", () => {
  it("makes a rule with every input, and what is read back shows no difference", async () => {
    const run = runOn(service);
    const kept = await createRule(run, "lag", full());
    const condition = {
      Statistics: "Sum",
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: "100",
      Times: 3,
    };
    expect(await hand.rule(kept.id)).toMatchObject({
      RuleName: "lag of billing",
      Namespace: "acs_rocketmq",
      MetricName: "ConsumerLag",
      ContactGroups: "on-call",
      Resources: JSON.stringify([
        { instanceId: "rmq-cn-1", groupId: "GID_billing" },
        { instanceId: "rmq-cn-1", groupId: "GID_search" },
      ]),
      Period: 120,
      SilenceTime: 7200,
      EffectiveInterval: "22:00-06:00 +0800",
      Escalations: { Critical: condition, Info: condition },
      MailSubject: "lag",
      Labels: { Labels: [{ Key: "emailRemark", Value: "look at the consumers" }] },
      Webhook: "https://example.com/hook?key=s3cret",
      EnableState: false,
    });
    expect(await hand.targets(kept.id)).toEqual([
      { Id: "autoScaling", Arn: SCALING, Level: '["CRITICAL","INFO"]' },
      { Id: "logService", Arn: LOGSTORE, Level: '["CRITICAL","INFO"]' },
    ]);
    expect(kept.props).toMatchObject({ ...full(), ruleId: kept.id, alertState: "INSUFFICIENT_DATA" });
    const news = await checkedRule(run, "lag", full(), kept.props);
    expect(await kind.diff(kept.props, news)).toMatchObject({ changes: false, replaces: [] });
    const read = await refreshRule(runOn(service), kept);
    expect(read.props).toEqual(kept.props);
    expect(read.inputs).toEqual(news);
  });

  it("adds no defaults to the inputs", async () => {
    const run = runOn(service);
    const kept = await createRule(run, "lag", lagRule());
    const { ruleId: _, alertState: __, ...inputs } = kept.props;
    expect(inputs).toEqual(lagRule({ name: "lag", region: "cn-hangzhou" }));
    expect((await refreshRule(run, kept)).inputs).toEqual(inputs);
  });

  it("changes everything in place, and takes off what is left out", async () => {
    const run = runOn(service);
    const kept = await createRule(run, "lag", full());
    const wide = {
      name: "everything",
      range: { kind: "all" },
      trigger: { statistic: "Sum", comparison: "aboveYesterday", threshold: 12.5, times: 1 },
      methods: ["info"],
      targets: { logService: LOGSTORE },
    };
    const changed = await updateRule(run, "lag", kept, lagRule(wide));
    expect(changed.id).toBe(kept.id);
    expect(changed.props).toMatchObject(wide);
    const rule = (await hand.rule(kept.id)) ?? {};
    expect(rule).toMatchObject({
      Resources: '[{"resource":"_ALL"}]',
      Period: 60,
      SilenceTime: 86_400,
      EffectiveInterval: "00:00-23:59",
      EnableState: true,
    });
    expect(Object.keys(rule)).not.toEqual(expect.arrayContaining(["Webhook"]));
    expect([rule.MailSubject, rule.Webhook, rule.Labels]).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(rule.Escalations as object)).toEqual(["Info"]);
    expect(await hand.targets(kept.id)).toEqual([{ Id: "logService", Arn: LOGSTORE, Level: '["INFO"]' }]);
  });

  it("is disabled and enabled in place, without the rule being put again", async () => {
    const run = runOn(service);
    const kept = await createRule(run, "lag", lagRule());
    const off = await updateRule(run, "lag", kept, lagRule({ enabled: false }));
    expect(await hand.rule(kept.id)).toMatchObject({ EnableState: false });
    const on = await updateRule(run, "lag", off, lagRule({ enabled: true }));
    expect(await hand.rule(kept.id)).toMatchObject({ EnableState: true });
    expect(on.props).toMatchObject({ enabled: true });
    expect(run.calls.filter((call) => call.action === "PutResourceMetricRule")).toHaveLength(1);
  });

  it("is replaced for another metric, product or region only", async () => {
    const kept = await createRule(runOn(service), "lag", lagRule());
    const other = async (more: Properties) =>
      (await kind.diff(kept.props, { ...kept.props, ...more })).replaces;
    expect(await other({ metric: "ReadyMessages" })).toEqual(["metric"]);
    expect(await other({ product: "iot" })).toEqual(["product"]);
    expect(await other({ region: "cn-beijing" })).toEqual(["region"]);
    expect(await other({ name: "b", range: { kind: "all" }, enabled: false, methods: ["warn"] })).toEqual([]);
  });

  it("is deleted with its targets, twice is once", async () => {
    const kept = await createRule(runOn(service), "lag", full());
    await removeRule(runOn(service), kept);
    expect(await hand.rules()).toEqual([]);
    await removeRule(runOn(service), kept);
    expect((await refreshRule(runOn(service), kept)).id).toBe("");
    expect(await failureOf(updateRule(runOn(service), "lag", kept, lagRule()))).toMatch(
      /not there any more.*pulumi refresh.*\[NotFound\]/,
    );
  });

  it("shows what was changed by hand as inputs, and the next update puts it right", async () => {
    const run = runOn(service);
    const kept = await createRule(run, "lag", lagRule({ targets: { autoScaling: SCALING } }));
    await hand.put(kept.id, {
      RuleName: "by hand",
      SilenceTime: 3600,
      EffectiveInterval: "08:00-20:00 +0800",
      Webhook: "https://example.com/x",
    });
    await hand.call("DisableMetricRules", { RuleId: [kept.id] });
    await hand.call("DeleteMetricRuleTargets", { RuleId: kept.id, TargetIds: ["autoScaling"] });
    await hand.call("PutMetricRuleTargets", { RuleId: kept.id, Targets: [{ Id: "7", Arn: LOGSTORE }] });
    const read = await refreshRule(runOn(service), kept);
    expect(read.inputs).toMatchObject({
      name: "by hand",
      range: { kind: "instances", instance: "rmq-cn-1", groups: ["GID_billing"] },
      trigger: { statistic: "Sum", comparison: ">", threshold: 5, times: 1 },
      methods: ["critical"],
      muteSeconds: 3600,
      effectivePeriod: "08:00-20:00 +0800",
      callbackUrl: "https://example.com/x",
      enabled: false,
      targets: { logService: LOGSTORE },
    });
    const mended = await updateRule(run, "lag", read, lagRule({ targets: { autoScaling: SCALING } }));
    expect(mended.props).toEqual(kept.props);
    expect((await hand.targets(kept.id)).map(({ Id }) => Id)).toEqual(["autoScaling"]);
    expect((await hand.rule(kept.id))?.Webhook).toBeUndefined();
  });

  it("takes a zone that the service has added for none, and a set of groups in another order for the same", async () => {
    const run = runOn(service);
    const kept = await createRule(run, "lag", lagRule({ effectivePeriod: "08:00-20:00" }));
    const { Escalations, Resources } = (await hand.rule(kept.id)) ?? {};
    await hand.put(kept.id, {
      RuleName: "lag",
      Escalations,
      EffectiveInterval: "08:00-20:00 +0800",
      Resources: JSON.stringify(JSON.parse(String(Resources)).reverse()),
    });
    expect((await refreshRule(run, kept)).props).toEqual(kept.props);
  });

  it("keeps what is not an input: other targets, labels, what happens without data", async () => {
    const run = runOn(service);
    await hand.put("console-1", {
      RuleName: "lag",
      Labels: [{ Key: "team", Value: "billing" }],
      NoDataPolicy: "OK",
    });
    const queue = "acs:mns:cn-hangzhou:1:/queues/q/message";
    await hand.call("PutMetricRuleTargets", { RuleId: "console-1", Targets: [{ Id: "1", Arn: queue }] });
    const kept = await createRule(
      run,
      "lag",
      lagRule({ adoptExisting: true, emailRemark: "look", targets: { logService: LOGSTORE } }),
    );
    expect(kept.id).toBe("console-1");
    expect(await hand.rule("console-1")).toMatchObject({
      NoDataPolicy: "OK",
      Labels: {
        Labels: [
          { Key: "team", Value: "billing" },
          { Key: "emailRemark", Value: "look" },
        ],
      },
    });
    expect((await hand.targets("console-1")).map(({ Arn }) => Arn)).toEqual([queue, LOGSTORE]);
    expect(said(run, "took over")).toHaveLength(1);
  });

  it("reads by id without managing, defaults included", async () => {
    const { id } = await createRule(runOn(service), "lag", lagRule());
    const read = await kind.read(runOn(service), id, { region: "cn-hangzhou" });
    expect(read.props).toMatchObject({
      name: "lag",
      product: "rocketmq",
      muteSeconds: 86_400,
      enabled: true,
    });
    const range = lagRule().range;
    expect(read.props).toMatchObject({ range, methods: ["info"], contactGroups: ["on-call"], ruleId: id });
  });
});

describe("the put overwrites, so", () => {
  it("an id that is taken is refused and left as it is, unless adoptExisting", async () => {
    const first = await createRule(runOn(service), "lag", lagRule());
    const before = await hand.rule(first.id);
    const run = runOn(service);
    const more = { name: "lag", muteSeconds: 3600 };
    expect(await failureOf(createRule(run, "other", lagRule(more)))).toMatch(
      /already an alert rule "lag".*adoptExisting.*\[AlreadyExists\]/,
    );
    expect(run.calls.map((call) => call.action)).not.toContain("PutResourceMetricRule");
    expect(await hand.rule(first.id)).toEqual(before);
    const adopted = await createRule(runOn(service), "other", lagRule({ ...more, adoptExisting: true }));
    expect(adopted.id).toBe(first.id);
    expect(await hand.rule(first.id)).toMatchObject({ SilenceTime: 3600 });
  });

  it("a rule that was renamed keeps its id, and a new one of the old name gets another", async () => {
    const run = runOn(service);
    const first = await createRule(run, "lag", lagRule());
    await updateRule(run, "lag", first, lagRule({ name: "renamed" }));
    const second = await createRule(run, "other", lagRule({ name: "lag" }));
    expect(second.id).not.toBe(first.id);
    expect((await hand.rules()).map(({ RuleName }) => RuleName)).toEqual(["renamed", "lag"]);
  });

  it("several rules of one name are not taken over", async () => {
    for (const id of ["a", "b"]) await hand.put(id, { RuleName: "lag" });
    expect(await failureOf(createRule(runOn(service), "lag", lagRule({ adoptExisting: true })))).toMatch(
      /several.*: a and b; none was changed.*\[AmbiguousCreate\]/,
    );
  });

  it("an answer that is lost makes one rule", async () => {
    await service.admin("POST", "faults", { action: "PutResourceMetricRule", kind: "drop", times: 2 });
    const kept = await createRule(runOn(service), "lag", lagRule());
    expect((await hand.rules()).map(({ RuleId }) => RuleId)).toEqual([kept.id]);
  });

  it("a run that was cut off after the put is gone on with", async () => {
    let left: UnfinishedNote | undefined;
    const unfinished: Unfinished = {
      ...nothingUnfinished,
      find: () => left,
      begin: (_, facts) => {
        left = { facts, id: undefined };
      },
    };
    const cut = runOn(service, { unfinished });
    const { id } = await createRule(cut, "lag", lagRule());
    const next = runOn(service, { unfinished });
    expect((await createRule(next, "lag", lagRule({ muteSeconds: 3600 }))).id).toBe(id);
    expect(said(next, "interrupted run")).toHaveLength(1);
    expect(await hand.rules()).toHaveLength(1);
  });

  it("a step that fails after it leaves the rule in the state, and the next update does the rest", async () => {
    await service.admin("POST", "faults", { action: "PutMetricRuleTargets", kind: "error", httpStatus: 500 });
    const wanted = lagRule({ targets: { autoScaling: SCALING } });
    const error = await createRule(runOn(service), "lag", wanted).catch((one) => one);
    expect(error).toMatchObject({ name: "PartialError" });
    expect(error.properties.targets).toBeUndefined();
    await service.admin("DELETE", "faults");
    const kept = { id: error.id, props: error.properties };
    const mended = await updateRule(runOn(service), "lag", kept, wanted);
    expect(mended.props).toMatchObject({ targets: { autoScaling: SCALING } });
  });
});

describe("alerts and the delete of a group", () => {
  it("an alert that watches the deleted group is named in a warning, others are not", async () => {
    const queues = queuesByHand(service);
    const instance = await queues.instance5();
    const run = runOn(service);
    const group = { platform: "rocketmq", version: "5.x", instance, afterLastRetry: "discard" };
    const kept = await create(run, "GID_a", { ...group, region: "cn-hangzhou" });
    const range = (more: Properties) => ({ range: { kind: "instances", instance, ...more } });
    await createRule(run, "watching", lagRule(range({ groups: ["GID_b", "GID_a"] })));
    await createRule(run, "elsewhere", lagRule(range({ groups: ["GID_a"], instance: "rmq-other" })));
    await createRule(run, "another", lagRule(range({ groups: ["GID_b"] })));
    await createRule(run, "everything", lagRule({ range: { kind: "all" } }));
    const gone = await createRule(run, "deleted first", lagRule(range({ groups: ["GID_a"] })));
    await removeRule(runOn(service), gone);
    const last = runOn(service);
    await remove(last, kept);
    expect(said(last, "warn:")).toEqual([
      expect.stringMatching(
        /"GID_a".*is deleted, and the alert rule "watching" \(change-tracking-.*\) still watches it/,
      ),
    ]);
  });

  it("a group that is replaced in the run is not named: another takes its place", async () => {
    const instance = await queuesByHand(service).instance5();
    const run = runOn(service);
    const group = {
      platform: "rocketmq",
      version: "5.x",
      instance,
      afterLastRetry: "discard",
      region: "cn-hangzhou",
    };
    const kept = await create(run, "GID_a", group);
    await createRule(run, "watching", lagRule({ range: { kind: "instances", instance, groups: ["GID_a"] } }));
    const last = runOn(service);
    await runtime.diff("ConsumerGroup", kept.id, kept.props, { ...kept.props, name: "GID_b" }, last);
    await runtime.delete("ConsumerGroup", kept.id, kept.props, last);
    expect(said(last, "warn:")).toEqual([]);
  });

  it("also of IoT Platform, where the public instance has no id; a rule deleted in the same run is not named", async () => {
    const things = iotByHand(service);
    const run = runOn(service);
    const one = await create(run, "consumers1", { platform: "iot", region: REGION });
    const two = await create(run, "consumers2", { platform: "iot", region: REGION });
    const lag = (groups: string[]) => ({
      product: "iot",
      metric: "ConsumerGroupAccumulatedMessages",
      range: { kind: "instances", groups },
      trigger: { statistic: "Maximum", comparison: ">", threshold: 1000, times: 1 },
      contactGroups: ["on-call"],
    });
    await createRule(run, "both", lag([one.id, two.id]));
    const own = await createRule(run, "own", lag([two.id]));
    const last = runOn(service);
    await remove(last, one);
    await removeRule(last, own);
    await remove(last, two);
    expect(said(last, '"both"')).toHaveLength(2);
    expect(said(last, '"own"')).toEqual([]);
    expect(await things.idOf("consumers2")).toBeUndefined();
  });

  it("a CloudMonitor that fails does not fail the delete", async () => {
    const run = runOn(service);
    const kept = await create(run, "consumers1", { platform: "iot", region: REGION });
    await service.admin("POST", "faults", {
      action: "DescribeMetricRuleList",
      kind: "error",
      httpStatus: 500,
    });
    const last = runOn(service);
    await remove(last, kept);
    expect(last.said).toEqual([]);
  });
});
