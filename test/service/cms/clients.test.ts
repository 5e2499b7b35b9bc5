/*
 * Why: the typed SDK and the generic client read the same answers in different ways, and CloudMonitor's differ from
 * action to action. Every action that is served is called by each of them, signed in each way.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cmsActions } from "../../../service/cms/actions.ts";
import { type Caller, callerOf, clientNames } from "./support/clients.ts";
import { type CmsService, rule, rules, startCms } from "./support/service.ts";

let cms: CmsService;
beforeAll(async () => {
  cms = await startCms();
});
afterAll(() => cms.stop());
beforeEach(async () => void (await cms.service.admin("POST", "reset")));

const condition = (threshold: string) => ({
  Statistics: "Sum",
  ComparisonOperator: "GreaterThanThreshold",
  Threshold: threshold,
  Times: 2,
});

describe.each(clientNames)("%s", (client) => {
  it("calls every action and gets published fields of published types", async () => {
    const called = new Set<string>();
    const one = callerOf(client, cms.service.url);
    const call: Caller = (action, params) => {
      called.add(action);
      return one(action, params);
    };
    await contacts(call);
    await aRule(call);
    await targets(call);
    await metrics(call);
    await call("AddTags", { GroupIds: ["7301", "7302"], Tag: [{ Key: "team", Value: "a" }] });
    const untagged = await call("RemoveTags", { GroupIds: ["7301"], Tag: [{ Key: "team", Value: "a" }] });
    expect(untagged.Tag).toEqual({ Tags: ["7301"] });
    const Resources = '[{"instanceId":"rmq-1"}]';
    await call("PutResourceMetricRules", { Rules: [{ ...rule, RuleId: "lag-2", Resources }] });
    await call("CreateMetricRuleResources", { RuleId: "lag-2", Resources, Overwrite: "true" });
    await call("DeleteMetricRules", { Id: ["lag-1", "lag-2", "never-there"] });
    expect(await rules(call)).toEqual([]);
    await call("DeleteContactGroup", { ContactGroupName: "on-call" });
    await call("DeleteContact", { ContactName: "Alice" });
    const all = cmsActions.map((action) => action.name);
    expect(all.filter((name) => !called.has(name))).toEqual([]);
  });
});

async function contacts(call: Caller): Promise<void> {
  const Channels = {
    Mail: "a@example.com",
    DingWebHook: "https://ding.example.com/robot?access_token=s3cret",
  };
  await call("PutContact", { ContactName: "Alice", Describe: "first", Lang: "en", Channels });
  await call("PutContactGroup", {
    ContactGroupName: "on-call",
    ContactNames: ["Alice"],
    Describe: "who is on call",
    EnableSubscribed: true,
  });
  const { Contacts, Total } = await call("DescribeContactList", { ContactName: "Alice" });
  expect(Total).toBe(1);
  expect(Contacts).toEqual({
    Contact: [
      {
        Name: "Alice",
        Desc: "first",
        Lang: "en",
        Channels,
        ChannelsState: { Mail: "PENDING", DingWebHook: "OK" },
        ContactGroups: { ContactGroup: ["on-call"] },
        CreateTime: expect.any(Number),
        UpdateTime: expect.any(Number),
      },
    ],
  });
  expect(await call("DescribeContactGroupList", { PageNumber: 1, PageSize: 20 })).toMatchObject({
    Total: 1,
    ContactGroups: { ContactGroup: ["on-call"] },
    ContactGroupList: {
      ContactGroup: [
        {
          Name: "on-call",
          Describe: "who is on call",
          EnableSubscribed: true,
          Contacts: { Contact: ["Alice"] },
        },
      ],
    },
  });
  const byGroup = await call("DescribeContactListByContactGroup", { ContactGroupName: "on-call" });
  expect(byGroup.Contacts).toMatchObject({ Contact: [{ Name: "Alice", Channels }] });
}

async function aRule(call: Caller): Promise<void> {
  await call("PutResourceMetricRule", {
    ...rule,
    Escalations: { Critical: condition("200"), Info: condition("99.5") },
    Resources: '[{"instanceId":"rmq-1","groupId":"billing"}]',
    EffectiveInterval: "22:00-06:00 +0800",
    SilenceTime: 3600,
    Period: "120",
    EmailSubject: "lag",
    Webhook: "https://example.com/hook?key=s3cret",
    Labels: [{ Key: "team", Value: "billing" }],
  });
  await call("DisableMetricRules", { RuleId: ["lag-1"] });
  expect((await rules(call, { RuleIds: "lag-1" }))[0]?.EnableState).toBe(false);
  await call("EnableMetricRules", { RuleId: ["lag-1"] });
  const answer = await call("DescribeMetricRuleList", { RuleIds: "lag-1,other", Page: 1, PageSize: 10 });
  expect(answer.Total).toBe("1");
  expect(answer.Alarms).toEqual({
    Alarm: [
      {
        RuleId: "lag-1",
        RuleName: "lag of billing",
        Namespace: "acs_rocketmq",
        MetricName: "ConsumerLag",
        ContactGroups: "on-call",
        Resources: '[{"instanceId":"rmq-1","groupId":"billing"}]',
        Dimensions: '[{"instanceId":"rmq-1","groupId":"billing"}]',
        Escalations: { Critical: condition("200"), Info: condition("99.5") },
        EffectiveInterval: "22:00-06:00 +0800",
        SilenceTime: 3600,
        // The typed client turns the number into the text that is published.
        Period: expect.toSatisfy((period: unknown) => String(period) === "120"),
        MailSubject: "lag",
        Webhook: "https://example.com/hook?key=s3cret",
        Labels: { Labels: [{ Key: "team", Value: "billing" }] },
        NoDataPolicy: "KEEP_LAST_STATE",
        EnableState: true,
        AlertState: "INSUFFICIENT_DATA",
        SourceType: "METRIC",
        GmtCreate: expect.any(Number),
        GmtUpdate: expect.any(String),
      },
    ],
  });
  expect((await call("DescribeMetricRuleCount")).MetricRuleCount).toEqual({
    Total: 1,
    Disable: 0,
    Ok: 0,
    Alarm: 0,
    Nodata: 1,
  });
  const log = await call("DescribeAlertLogList", { LastMin: "60", PageSize: 5 });
  expect(log).toMatchObject({ AlertLogList: [], PageNumber: 1, PageSize: 5 });
  const history = await call("DescribeAlertHistoryList", { RuleId: "lag-1", Page: 1, PageSize: 5 });
  expect(history).toMatchObject({ AlarmHistoryList: { AlarmHistory: [] }, Total: "0" });
}

async function targets(call: Caller): Promise<void> {
  const target = {
    Id: "1",
    Arn: "acs:log:cn-hangzhou:1208863178612345:project/ops/logstore/alerts",
    Level: '["INFO", "WARN"]',
    JsonParams: '{"a":1}',
  };
  await call("PutMetricRuleTargets", { RuleId: "lag-1", Targets: [target] });
  const kept = await call("DescribeMetricRuleTargets", { RuleId: "lag-1" });
  expect(kept.Targets).toEqual({ Target: [target] });
  const gone = await call("DeleteMetricRuleTargets", { RuleId: "lag-1", TargetIds: ["1", "2"] });
  expect(gone.FailIds).toEqual({ TargetIds: { TargetId: ["2"] } });
  const none = await call("DescribeMetricRuleTargets", { RuleId: "lag-1" });
  expect(none.Targets).toEqual({ Target: [] });
}

async function metrics(call: Caller): Promise<void> {
  const meta = await call("DescribeMetricMetaList", { Namespace: "acs_rocketmq", MetricName: "ConsumerLag" });
  expect(meta).toMatchObject({
    TotalCount: "1",
    Resources: { Resource: [{ Dimensions: "userId,instanceId,groupId", Statistics: "Sum" }] },
  });
  const local = await call("DescribeMetricMetaList", {
    Namespace: "acs_dts",
    Labels: '[{"name":"local","value":"true"}]',
  });
  expect(local.TotalCount).toBe("4");
  const projects = await call("DescribeProjectMeta", { PageSize: 2 });
  expect(projects).toMatchObject({ Total: "3", PageNumber: "1", PageSize: "2" });
  for (const action of ["DescribeMetricList", "DescribeMetricLast"]) {
    const answer = await call(action, {
      Namespace: "acs_rocketmq",
      MetricName: "ConsumerLag",
      Dimensions: '{"groupId":"billing"}',
    });
    expect(answer).toMatchObject({ Datapoints: "[]", Period: "60" });
    expect(answer).not.toHaveProperty("NextToken");
  }
  const one = { Namespace: "acs_rocketmq", MetricName: "ConsumerLag", Orderby: "Maximum", Period: "60" };
  expect(await call("DescribeMetricTop", one)).toMatchObject({ Datapoints: "[]", Period: "60" });
}
