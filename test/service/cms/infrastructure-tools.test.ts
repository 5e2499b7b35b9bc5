/*
 * Why: the Terraform provider holds what it sent against what it reads; where the two differ its next plan is not
 * empty. These are the calls of its resources `alicloud_cms_alarm`, `alicloud_cms_alarm_contact` and
 * `alicloud_cms_alarm_contact_group`, in their order, with its own way to read each field.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "./support/clients.ts";
import { type CmsService, startCms } from "./support/service.ts";

let cms: CmsService;
beforeAll(async () => {
  cms = await startCms();
});
afterAll(() => cms.stop());

/** As its older library sends: the region with every call, and nothing that is empty. */
const old = (action: string, params: Record<string, unknown>) =>
  cms.any(action, {
    RegionId: "cn-beijing",
    ...Object.fromEntries(Object.entries(params).filter(([, value]) => value !== "")),
  });

async function readContact(name: string) {
  const answer = await old("DescribeContactList", { ContactName: name });
  const found = (answer.Contacts as { Contact: Answer[] }).Contact[0];
  const channels = found?.Channels as Record<string, string> | undefined;
  return (
    found && {
      describe: found.Desc,
      lang: found.Lang ?? "",
      mail: channels?.Mail ?? "",
      sms: channels?.SMS ?? "",
      aliim: channels?.AliIM ?? "",
      ding: channels?.DingWebHook ?? "",
    }
  );
}

async function readGroup(name: string) {
  for (let page = 1; page <= 10; page += 1) {
    const answer = await old("DescribeContactGroupList", { PageNumber: page, PageSize: 20 });
    const list = (answer.ContactGroupList as { ContactGroup: Answer[] }).ContactGroup;
    const found = list.find((one) => one.Name === name);
    if (found) {
      const { Contact } = found.Contacts as { Contact: string[] };
      return { contacts: Contact, describe: found.Describe, subscribed: found.EnableSubscribed };
    }
    if (list.length < 20) return undefined;
  }
  return undefined;
}

async function readAlarm(id: string) {
  const answer = await cms.any("DescribeMetricRuleList", { RuleIds: id });
  const found = (answer.Alarms as { Alarm: Answer[] }).Alarm.find((one) => one.RuleId === id);
  if (!found) return undefined;
  // The provider stops with a panic where this is no text.
  expect(typeof found.Resources).toBe("string");
  const { Targets } = await cms.any("DescribeMetricRuleTargets", { RuleId: id });
  const labels = (found.Labels as { Labels: { Key: string; Value: string }[] } | undefined)?.Labels ?? [];
  return {
    name: found.RuleName,
    project: found.Namespace,
    metric: found.MetricName,
    contact_groups: String(found.ContactGroups).split(","),
    effective_interval: found.EffectiveInterval,
    // It has a whole number here and takes no text for one.
    period: found.Period,
    silence_time: found.SilenceTime,
    webhook: found.Webhook ?? "",
    enabled: found.EnableState,
    metric_dimensions: found.Resources,
    tags: Object.fromEntries(labels.map(({ Key, Value }) => [Key, Value])),
    escalations: found.Escalations,
    targets: (Targets as { Target: unknown[] }).Target,
  };
}

it("a contact reads back as it was put, after every change", async () => {
  const contact = { ContactName: "tf", Describe: "by a tool" };
  await old("PutContact", { ...contact, "Channels.Mail": "a@example.com", "Channels.SMS": "" });
  const first = { describe: "by a tool", lang: "", mail: "a@example.com", sms: "", aliim: "", ding: "" };
  expect(await readContact("tf")).toEqual(first);
  await old("PutContact", { ...contact, "Channels.DingWebHook": "https://ding.example.com/a", Lang: "en" });
  const second = { ...first, lang: "en", mail: "", ding: "https://ding.example.com/a" };
  expect(await readContact("tf")).toEqual(second);
  await old("PutContact", {
    ...contact,
    Describe: "d",
    "Channels.DingWebHook": "https://ding.example.com/a",
  });
  expect(await readContact("tf")).toEqual({ ...second, describe: "d" });
  await old("DeleteContact", { ContactName: "tf" });
  expect(await readContact("tf")).toBeUndefined();
});

it("a contact group is found behind the first page, and an update that sends only what changed keeps the rest", async () => {
  for (const name of ["a", "b"])
    await old("PutContact", { ContactName: name, Describe: name, "Channels.Mail": `${name}@example.com` });
  for (let i = 0; i < 20; i += 1) await old("PutContactGroup", { ContactGroupName: `other-${i}` });
  await old("PutContactGroup", {
    ContactGroupName: "tf",
    "ContactNames.1": "a",
    Describe: "d",
    EnableSubscribed: true,
  });
  expect(await readGroup("tf")).toEqual({ contacts: ["a"], describe: "d", subscribed: true });
  await old("PutContactGroup", { ContactGroupName: "tf", "ContactNames.1": "a", "ContactNames.2": "b" });
  expect(await readGroup("tf")).toEqual({ contacts: ["a", "b"], describe: "d", subscribed: true });
  await old("PutContactGroup", { ContactGroupName: "tf", EnableSubscribed: false });
  expect(await readGroup("tf")).toEqual({ contacts: ["a", "b"], describe: "d", subscribed: false });
  await old("DeleteContactGroup", { ContactGroupName: "tf" });
  expect(await readGroup("tf")).toBeUndefined();
});

it("an alarm reads back as it was put, is switched at once, and is gone at once", async () => {
  await old("PutContact", { ContactName: "x", Describe: "x", "Channels.Mail": "x@example.com" });
  await old("PutContactGroup", { ContactGroupName: "x", "ContactNames.1": "x" });
  const RuleId = "terraform-20260301100000000000000001";
  const resources = '[{"groupId":"billing","instanceId":"rmq-1"}]';
  const put = (more: Record<string, unknown>) =>
    cms.any("PutResourceMetricRule", {
      RuleId,
      RuleName: "tf alarm",
      Namespace: "acs_rocketmq",
      MetricName: "ConsumerLag",
      ContactGroups: "x",
      Resources: resources,
      EffectiveInterval: "00:00-23:59",
      Period: 300,
      SilenceTime: 86_400,
      "Escalations.Critical.ComparisonOperator": "GreaterThanOrEqualToThreshold",
      "Escalations.Critical.Statistics": "Sum",
      "Escalations.Critical.Threshold": "35",
      "Escalations.Critical.Times": 2,
      ...more,
    });
  await put({ "Labels.1.Key": "made", "Labels.1.Value": "by tf" });
  await cms.any("EnableMetricRules", { "RuleId.1": RuleId });
  const first = {
    name: "tf alarm",
    project: "acs_rocketmq",
    metric: "ConsumerLag",
    contact_groups: ["x"],
    effective_interval: "00:00-23:59",
    period: 300,
    silence_time: 86_400,
    webhook: "",
    enabled: true,
    metric_dimensions: resources,
    tags: { made: "by tf" },
    escalations: {
      Critical: {
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        Statistics: "Sum",
        Threshold: "35",
        Times: 2,
      },
    },
    targets: [],
  };
  expect(await readAlarm(RuleId)).toEqual(first);
  await put({
    SilenceTime: 3600,
    Webhook: "https://example.com/a",
    "Labels.1.Key": "made",
    "Labels.1.Value": "by tf",
  });
  await cms.any("DisableMetricRules", { "RuleId.1": RuleId });
  const target = {
    "Targets.1.Id": "1",
    "Targets.1.Arn": "acs:mns:cn-hangzhou:1:/queues/q/message",
    "Targets.1.Level": "Critical",
    "Targets.1.JsonParams": "",
  };
  await cms.any("PutMetricRuleTargets", { RuleId, ...target });
  expect(await readAlarm(RuleId)).toEqual({
    ...first,
    silence_time: 3600,
    webhook: "https://example.com/a",
    enabled: false,
    targets: [{ Id: "1", Arn: "acs:mns:cn-hangzhou:1:/queues/q/message", Level: "Critical" }],
  });
  await cms.any("DeleteMetricRules", { "Id.1": RuleId });
  expect(await readAlarm(RuleId)).toBeUndefined();
});

it("ALR-3, ALR-5, ALR-7, ALR-10: an empty contact group, 300 s, odd periods and an openapi target read back", async () => {
  const RuleId = "tf-acceptance";
  await old("PutContactGroup", { ContactGroupName: "nobody-yet" });
  const put = (more: Answer) =>
    cms.any("PutResourceMetricRule", {
      RuleId,
      RuleName: RuleId,
      Namespace: "acs_rocketmq",
      MetricName: "InstanceSendApiCallTps",
      ContactGroups: "nobody-yet",
      Resources: '[{"instanceId":"rmq-1"}]',
      Period: "900",
      SilenceTime: 300,
      ...more,
    });
  const expressions = [
    {
      MetricName: "InstanceSendApiCallTps",
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Statistics: "$Maximum",
      Threshold: "2",
      Period: "6",
    },
  ];
  const composite = { Level: "WARN", Times: 6, ExpressionRaw: "", ExpressionListJoin: "||" };
  await put({ CompositeExpression: { ...composite, ExpressionList: expressions } });
  const found = await readAlarm(RuleId);
  expect(found).toMatchObject({ period: 900, silence_time: 300, contact_groups: ["nobody-yet"] });
  const [listed] = ((await cms.any("DescribeMetricRuleList", { RuleIds: RuleId })).Alarms as Answer)
    .Alarm as Answer[];
  expect(listed?.CompositeExpression).toEqual({
    Level: "WARN",
    Times: 6,
    ExpressionListJoin: "||",
    ExpressionList: { ExpressionList: [{ ...expressions[0], Period: 6 }] },
  });
  const target = {
    Id: "1",
    Level: "Warn",
    Arn: "acs:openapi:cn-hangzhou:1208863178612345:cms/DescribeMetricList/2019-01-01/testrole",
    JsonParams: '{"customField1":"value1"}',
  };
  await cms.any("PutMetricRuleTargets", {
    RuleId,
    ...Object.fromEntries(Object.entries(target).map(([name, value]) => [`Targets.1.${name}`, value])),
  });
  expect((await readAlarm(RuleId))?.targets).toEqual([target]);
  // Its Prometheus block sends what is not set as an empty level and 0 times.
  const promQl = { PromQL: "up", Level: "", Times: 0, Annotations: [] };
  await put({ Namespace: "acs_prometheus", MetricName: "up", Prometheus: promQl });
  expect(await readAlarm(RuleId)).toMatchObject({ project: "acs_prometheus" });
});
