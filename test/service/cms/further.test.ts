import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FiguresPort } from "../../../service/core/kit/ports.ts";
import type { Answer } from "./support/clients.ts";
import { type CmsService, contactGroup, refusal, rule, rules, startCms } from "./support/service.ts";

const t0 = Date.parse("2026-03-01T10:00:00Z");
const at = (seconds: number, groupId: string, value: number) => ({
  timestampMs: t0 + seconds * 1000,
  dimensions: { instanceId: "rmq-1", groupId },
  value,
});
const measured = (...points: ReturnType<typeof at>[]): FiguresPort => ({
  namespace: "acs_rocketmq",
  points: (metric) => (metric === "ConsumerLag" ? points : []),
});

let cms: CmsService;
beforeAll(async () => {
  cms = await startCms({
    figures: [
      measured(at(0, "a", 50), at(10, "a", 1), at(70, "a", 4), at(80, "a", 6)),
      measured(at(75, "b", 9)),
    ],
  });
});
afterAll(() => cms.stop());
beforeEach(async () => void (await cms.service.admin("POST", "reset")));

const contact = async (name: string) => {
  const answer = await cms.call("DescribeContactList", { ContactName: name });
  return (answer.Contacts as { Contact: Answer[] }).Contact[0];
};

describe("rules", () => {
  it("are replaced whole, and keep whether they are enabled, their targets and their place in the list", async () => {
    await contactGroup(cms.call);
    await cms.call("PutResourceMetricRule", {
      ...rule,
      EmailSubject: "lag",
      Webhook: "https://example.com/a",
    });
    await cms.call("PutResourceMetricRule", { ...rule, RuleId: "lag-2" });
    const target = { Id: "1", Arn: "acs:mns:cn-hangzhou:1:/queues/alerts/message" };
    await cms.call("PutMetricRuleTargets", { RuleId: "lag-1", Targets: [target] });
    await cms.call("DisableMetricRules", { RuleId: ["lag-1"] });
    await cms.call("PutResourceMetricRule", {
      ...rule,
      RuleName: "renamed",
      Escalations: { Warn: rule.Escalations.Info },
    });
    const [first, second] = await rules(cms.call);
    expect(first).toMatchObject({ RuleId: "lag-1", RuleName: "renamed", EnableState: false });
    expect(first?.Escalations).toEqual({ Warn: rule.Escalations.Info });
    expect(first).not.toHaveProperty("Webhook");
    expect(first).not.toHaveProperty("MailSubject");
    expect(first).not.toHaveProperty("Labels");
    expect(first?.Resources).toBe("");
    expect(second?.RuleId).toBe("lag-2");
    const { Targets } = await cms.call("DescribeMetricRuleTargets", { RuleId: "lag-1" });
    expect(Targets).toEqual({ Target: [target] });
    await cms.call("DeleteMetricRules", { Id: ["lag-1"] });
    await cms.call("PutResourceMetricRule", rule);
    const fresh = await cms.call("DescribeMetricRuleTargets", { RuleId: "lag-1" });
    expect(fresh.Targets).toEqual({ Target: [] });
    expect((await rules(cms.call, { RuleIds: "lag-1" }))[0]?.EnableState).toBe(true);
  });

  it("are found by every filter, page by page", async () => {
    await contactGroup(cms.call);
    const named = { Resources: '[{"groupId":"billing"}]' };
    await cms.call("PutResourceMetricRule", { ...rule, ...named });
    await cms.call("PutResourceMetricRule", {
      ...rule,
      RuleId: "ready",
      MetricName: "ReadyMessages",
      RuleName: "r",
    });
    await cms.call("DisableMetricRules", { RuleId: ["ready"] });
    const ids = async (filter: Record<string, unknown>) =>
      (await rules(cms.call, filter)).map((one) => one.RuleId);
    expect(await ids({ RuleName: "lag of" })).toEqual(["lag-1"]);
    expect(await ids({ MetricName: "ReadyMessages" })).toEqual(["ready"]);
    expect(await ids({ Namespace: "acs_iot" })).toEqual([]);
    expect(await ids({ EnableState: false })).toEqual(["ready"]);
    expect(await ids({ AlertState: "ALARM" })).toEqual([]);
    expect(await ids({ Dimensions: '{"groupId":"shipping"}' })).toEqual(["ready"]);
    expect(await ids({ Page: 2, PageSize: 1 })).toEqual(["ready"]);
    expect((await cms.call("DescribeMetricRuleList", { PageSize: 1 })).Total).toBe("2");
  });

  it("are switched all or none", async () => {
    await contactGroup(cms.call);
    await cms.call("PutResourceMetricRule", rule);
    const error = await refusal(cms.call("DisableMetricRules", { RuleId: ["lag-1", "other"] }));
    expect(error.code).toBe("ResourceNotFound");
    expect((await rules(cms.call))[0]?.EnableState).toBe(true);
  });

  it("keep expressions over several metrics and PromQL as they were sent", async () => {
    await contactGroup(cms.call);
    const { Escalations: _, ...without } = rule;
    await cms.call("PutResourceMetricRule", {
      ...without,
      CompositeExpression: {
        Level: "CRITICAL",
        Times: 3,
        ExpressionListJoin: "&&",
        ExpressionList: [
          {
            MetricName: "ConsumerLag",
            ComparisonOperator: "GreaterThanThreshold",
            Statistics: "$Sum",
            Threshold: "9",
            Period: 60,
          },
        ],
      },
    });
    await cms.call("PutResourceMetricRule", {
      ...without,
      RuleId: "prom",
      Namespace: "acs_prometheus",
      MetricName: "my-namespace",
      Prometheus: { PromQL: "up > 0", Level: "Critical", Times: 2, Annotations: [{ Key: "a", Value: "b" }] },
    });
    const [composite, prometheus] = await rules(cms.call);
    expect(composite?.CompositeExpression).toEqual({
      Level: "CRITICAL",
      Times: 3,
      ExpressionListJoin: "&&",
      ExpressionList: {
        ExpressionList: [
          {
            MetricName: "ConsumerLag",
            ComparisonOperator: "GreaterThanThreshold",
            Statistics: "$Sum",
            Threshold: "9",
            Period: 60,
          },
        ],
      },
    });
    expect(composite).not.toHaveProperty("Escalations");
    expect(prometheus?.Prometheus).toEqual({
      PromQL: "up > 0",
      Level: "Critical",
      Times: 2,
      Annotations: { Annotations: [{ Key: "a", Value: "b" }] },
    });
  });
});

describe("contacts", () => {
  const put = (Channels: Record<string, string>, more: Record<string, unknown> = {}) =>
    cms.call("PutContact", { ContactName: "Alice", Describe: "first", Channels, ...more });
  const confirm = (contactName: string) =>
    cms.service.admin("POST", "rooms/cms/confirmContact", { contactName });

  it("are confirmed by the service's own call; a changed address has to be confirmed again", async () => {
    await put({ Mail: "a@example.com", SMS: "86-13300000000" }, { Lang: "zh-cn" });
    expect((await contact("Alice"))?.ChannelsState).toEqual({ Mail: "PENDING", SMS: "PENDING" });
    expect(await confirm("Alice")).toEqual({
      contactName: "Alice",
      channelsState: { Mail: "OK", SMS: "OK" },
    });
    await put({ Mail: "a@example.com", SMS: "86-13311111111" });
    expect(await contact("Alice")).toMatchObject({
      Lang: "zh-cn",
      ChannelsState: { Mail: "OK", SMS: "PENDING" },
    });
    await put({ AliIM: "alice" });
    expect(await contact("Alice")).toMatchObject({
      Channels: { AliIM: "alice" },
      ChannelsState: { AliIM: "OK" },
    });
    await expect(confirm("Bob")).rejects.toThrow(/does not exist/);
  });

  it("need a channel and a language that exists, and are found by name and address", async () => {
    const error = await refusal(put({}));
    expect(error.code).toBe("InvalidParameter");
    expect((await refusal(put({ Mail: "a@example.com" }, { Lang: "fr" }))).code).toBe("InvalidParameter");
    expect(await contact("Alice")).toBeUndefined();
    await put({ Mail: "a@example.com" });
    const total = async (more: Record<string, unknown>) =>
      (await cms.call("DescribeContactList", more)).Total;
    expect(await total({ ContactName: "Ali" })).toBe(0);
    expect(await total({ ChanelType: "Mail", ChanelValue: "a@example.com" })).toBe(1);
    expect(await total({ ChanelType: "Mail", ChanelValue: "b@example.com" })).toBe(0);
    expect(await total({ ChanelType: "SMS" })).toBe(0);
    expect((await refusal(cms.call("DeleteContact", { ContactName: "Bob" }))).code).toBe("ContactNotExists");
  });

  it("leave their groups when they are deleted; groups keep what is not sent", async () => {
    await put({ Mail: "a@example.com" });
    const group = { ContactGroupName: "on-call" };
    const unknown = await refusal(cms.call("PutContactGroup", { ...group, ContactNames: ["Alice", "Bob"] }));
    expect(unknown.code).toBe("ContactNotExists");
    expect((await cms.call("DescribeContactGroupList")).Total).toBe(0);
    await cms.call("PutContactGroup", { ...group, ContactNames: ["Alice"], Describe: "d" });
    await cms.call("PutContactGroup", { ...group, EnableSubscribed: true });
    const listed = async () =>
      ((await cms.call("DescribeContactGroupList")).ContactGroupList as { ContactGroup: Answer[] })
        .ContactGroup[0];
    expect(await listed()).toMatchObject({
      Describe: "d",
      EnableSubscribed: true,
      Contacts: { Contact: ["Alice"] },
    });
    await cms.call("DeleteContact", { ContactName: "Alice" });
    expect((await listed())?.Contacts).toEqual({ Contact: [] });
    const gone = { ContactGroupName: "none" };
    expect((await refusal(cms.call("DeleteContactGroup", gone))).code).toBe("ContactGroupNotExists");
    expect((await refusal(cms.call("DescribeContactListByContactGroup", gone))).code).toBe(
      "ContactGroupNotExists",
    );
  });
});

describe("metrics", () => {
  const query = { Namespace: "acs_rocketmq", MetricName: "ConsumerLag" };
  const time = { StartTime: String(t0), EndTime: "2026-03-01T10:05:00Z" };
  const points = (answer: Answer) => JSON.parse(String(answer.Datapoints)) as Answer[];
  const point = (seconds: number, groupId: string, Sum: number) => ({
    timestamp: t0 + seconds * 1000,
    userId: expect.any(String),
    instanceId: "rmq-1",
    groupId,
    Sum,
  });

  it("come from every room that measures, put together by period, without the start", async () => {
    const all = await cms.call("DescribeMetricList", { ...query, ...time });
    expect(points(all)).toEqual([point(0, "a", 1), point(60, "a", 10), point(60, "b", 9)]);
    const one = await cms.call("DescribeMetricList", { ...query, ...time, Dimensions: '[{"groupId":"b"}]' });
    expect(points(one)).toEqual([point(60, "b", 9)]);
    const long = await cms.call("DescribeMetricList", { ...query, ...time, Period: "300" });
    expect(points(long)).toEqual([point(0, "a", 11), point(0, "b", 9)]);
    const last = await cms.call("DescribeMetricLast", { ...query, ...time });
    expect(points(last)).toEqual([point(60, "a", 10), point(60, "b", 9)]);
    const now = await cms.call("DescribeMetricList", { ...query, MetricName: "ReadyMessages" });
    expect(now.Datapoints).toBe("[]");
  });

  it("come page by page", async () => {
    const first = await cms.call("DescribeMetricList", { ...query, ...time, Length: "2" });
    expect(points(first)).toHaveLength(2);
    const more = { ...query, ...time, Length: "2", NextToken: first.NextToken };
    const second = await cms.call("DescribeMetricList", more);
    expect(points(second)).toEqual([point(60, "b", 9)]);
    expect(second).not.toHaveProperty("NextToken");
  });

  it.each([
    ["a length of 1441", { Length: "1441" }, "InvalidParameter"],
    ["an end before the start", { ...time, EndTime: String(t0) }, "InvalidParameter"],
    ["a time in words", { StartTime: "yesterday" }, "InvalidParameter"],
    ["a foreign page", { NextToken: "abc" }, "InvalidParameter"],
    ["an unknown metric", { MetricName: "Lag" }, "ResourceNotFound"],
    ["51 resources", { Dimensions: JSON.stringify(Array(51).fill({ groupId: "a" })) }, "InvalidParameter"],
  ])("refuse %s", async (_, more, code) => {
    expect((await refusal(cms.call("DescribeMetricList", { ...query, ...more }))).code).toBe(code);
  });
});

it("the alert log takes at most 15 days", async () => {
  const day = 86_400_000;
  await cms.call("DescribeAlertLogList", { StartTime: t0, EndTime: t0 + 15 * day });
  const long = await refusal(cms.call("DescribeAlertLogList", { StartTime: t0, EndTime: t0 + 15 * day + 1 }));
  expect(long.code).toBe("InvalidParameter");
  expect((await refusal(cms.call("DescribeAlertLogList", { StartTime: t0 }))).code).toBe("InvalidParameter");
});

it("addresses that hold keys are nowhere in the clear: log, journal, snapshot, disk, refusals", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "cms-secrets-"));
  const own = await startCms({ dataDir });
  try {
    const DingWebHook = "https://ding.example.com/robot?access_token=QUITE-SECRET";
    const Webhook = "https://example.com/hook?key=QUITE-SECRET";
    const Channels = { DingWebHook };
    await own.call("PutContact", { ContactName: "Alice", Describe: "a", Channels });
    await own.call("PutContactGroup", { ContactGroupName: "on-call", ContactNames: ["Alice"] });
    await own.call("PutResourceMetricRule", { ...rule, Webhook });
    const wrong = await refusal(
      own.call("PutResourceMetricRule", { ...rule, Webhook: "ftp://QUITE-SECRET" }),
    );
    expect(wrong.message).not.toContain("QUITE-SECRET");
    expect((await rules(own.call))[0]?.Webhook).toBe(Webhook);
    const seen = [
      own.service.logs(),
      JSON.stringify(await own.service.admin("GET", "journal")),
      JSON.stringify(await own.service.admin("GET", "snapshot")),
      JSON.stringify(await own.service.admin("GET", "status")),
    ];
    await own.stop();
    for (const name of readdirSync(dataDir)) seen.push(readFileSync(join(dataDir, name), "latin1"));
    expect(seen.filter((text) => text.includes("QUITE-SECRET"))).toEqual([]);
    await own.service.restart();
    // The other client still holds a connection to the stopped service.
    expect((await rules(own.any))[0]?.Webhook).toBe(Webhook);
  } finally {
    await own.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
