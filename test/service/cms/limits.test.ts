/*
 * Why: what the documents forbid must be refused on the wire with a code that clients can match, and nothing of the
 * refused call may be left. Beside each refusal stands the nearest value that is accepted.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "./support/clients.ts";
import { type CmsService, contactGroup, refusal, rule, rules, startCms } from "./support/service.ts";

let cms: CmsService;
beforeAll(async () => {
  cms = await startCms();
});
afterAll(() => cms.stop());
beforeEach(async () => {
  await cms.service.admin("POST", "reset");
  await contactGroup(cms.call);
});

type Fields = Record<string, unknown>;
type Case = [what: string, refused: Fields, code: string, said: string, accepted: Fields];

/** Everything that the room has stored. */
const held = async () => ((await cms.service.admin("GET", "snapshot")).rooms as { cms: unknown }).cms;

const info = (more: Fields) => ({ Escalations: { Info: { ...rule.Escalations.Info, ...more } } });
const flat = (fields: Fields) => ({ ...rule, ...fields });
const INVALID = "InvalidParameter";

/** Puts the rule with the refused fields, sees that nothing changed, and then with the accepted ones. */
async function judge(id: string, [, refused, code, said, accepted]: Case): Promise<void> {
  const before = await held();
  const error = await refusal(cms.any("PutResourceMetricRule", flat(refused)));
  expect(error.code, error.message).toBe(code);
  expect(error.message).toContain(said);
  expect(error.message.endsWith(`[${id}]`), error.message).toBe(true);
  expect(await held()).toEqual(before);
  await cms.any("PutResourceMetricRule", flat(accepted));
  expect(await rules(cms.call)).toHaveLength(1);
}

const resources = (...list: unknown[]) => ({ Resources: JSON.stringify(list) });

describe("ALR-1 range", () => {
  const cases: Case[] = [
    [
      "a region without a group",
      resources({ regionId: "cn-hangzhou" }),
      INVALID,
      "must name groupId where it names regionId",
      resources({ regionId: "cn-hangzhou", instanceId: "rmq-1", groupId: "billing" }),
    ],
    [
      "a dimension that the metric does not have",
      resources({ groupId: "billing", productKey: "a1" }),
      INVALID,
      'got "productKey"',
      resources({ groupId: "billing" }, { groupId: "shipping" }),
    ],
    ["no resource at all", resources(), INVALID, "a list of 1 to", resources({ resource: "_ALL" })],
    ["text that is no JSON", { Resources: "all" }, INVALID, "must be the JSON text", { Resources: "" }],
    [
      "a map that is in no list",
      { Resources: '{"groupId":"billing"}' },
      INVALID,
      "must be the JSON text of a list",
      { Resources: '[{"userId":"1208863178612345"}]' },
    ],
  ];
  it.each(cases)("ALR-1 service: %s", (...one) => judge("ALR-1", one));

  it("ALR-1 service: an instance without a group is accepted and means all its groups", async () => {
    await cms.call("PutResourceMetricRule", flat(resources({ instanceId: "rmq-1" })));
    expect((await rules(cms.call))[0]?.Resources).toBe('[{"instanceId":"rmq-1"}]');
    const of = async (Dimensions: object) =>
      (await cms.call("DescribeMetricRuleList", { Dimensions: JSON.stringify(Dimensions) })).Total;
    expect(await of({ instanceId: "rmq-1", groupId: "billing" })).toBe("1");
    expect(await of({ instanceId: "rmq-2", groupId: "billing" })).toBe("0");
  });
});

describe("ALR-2 what a rule needs", () => {
  const without = (name: string): Fields => ({ [name]: "" });
  const cases: Case[] = [
    ["no name", without("RuleName"), "MissingRuleName", "RuleName", {}],
    ["no product", without("Namespace"), "MissingNamespace", "Namespace", {}],
    ["no metric", without("MetricName"), "MissingMetricName", "MetricName", {}],
    ["no contact group", without("ContactGroups"), "MissingContactGroups", "ContactGroups", {}],
    [
      "only commas",
      { ContactGroups: " , " },
      INVALID,
      "at least one contact group",
      { ContactGroups: " on-call , " },
    ],
    ["no condition", { Escalations: {} }, INVALID, "at least one of Critical, Warn and Info", {}],
    [
      "conditions of both kinds",
      { CompositeExpression: { Level: "INFO", Times: 1, ExpressionRaw: "$Sum > 3" } },
      INVALID,
      "must not be sent together with Escalations",
      { Escalations: {}, CompositeExpression: { Level: "INFO", Times: 1, ExpressionRaw: "$Sum > 3" } },
    ],
  ];
  it.each(cases)("ALR-2 service: %s", (...one) => judge("ALR-2", one));

  it("ALR-2 service: a contact group that does not exist", async () => {
    const before = await held();
    const ContactGroups = "on-call,nobody";
    const error = await refusal(cms.call("PutResourceMetricRule", flat({ ContactGroups })));
    expect(error.code).toBe("ContactGroupNotExists");
    expect(error.message).toContain('"nobody"');
    expect(await held()).toEqual(before);
    await cms.call("PutContactGroup", { ContactGroupName: "nobody" });
    await cms.call("PutResourceMetricRule", flat({ ContactGroups }));
    expect((await rules(cms.call))[0]?.ContactGroups).toBe(ContactGroups);
  });

  it("ALR-2 service: the period is the metric's own where none is sent", async () => {
    await cms.call("PutResourceMetricRule", rule);
    expect(Number((await rules(cms.call))[0]?.Period)).toBe(60);
  });
});

describe("ALR-3 trigger", () => {
  const cases: Case[] = [
    ["an unknown statistic", info({ Statistics: "Average" }), INVALID, "must be Sum for ConsumerLag", {}],
    [
      "an unknown comparison",
      info({ ComparisonOperator: ">=" }),
      INVALID,
      'got ">="',
      info({ ComparisonOperator: "EqualToThreshold" }),
    ],
    [
      "a threshold that is no number",
      info({ Threshold: "many" }),
      INVALID,
      'got "many"',
      info({ Threshold: "-0.5" }),
    ],
    ["no time in a row", info({ Times: 0 }), INVALID, "got 0", info({ Times: 1 })],
    ["half a time", info({ Times: "1.5" }), INVALID, "got 1.5", info({ Times: 2 })],
    ["a period of 90 s", { Period: "90" }, INVALID, "got 90", { Period: "120" }],
    ["a period of 0 s", { Period: "0" }, INVALID, "got 0", { Period: "60" }],
    ["a period in words", { Period: "minute" }, INVALID, "must be a whole number", { Period: "3600" }],
  ];
  it.each(cases)("ALR-3 service: %s", (...one) => judge("ALR-3", one));

  it("ALR-3 service: a period inside a composite expression is stored as it was sent", async () => {
    const one = { MetricName: "ConsumerLag", ComparisonOperator: "GreaterThanThreshold", Statistics: "$Sum" };
    const ExpressionList = [{ ...one, Threshold: "3", Period: "2" }];
    const CompositeExpression = { Level: "INFO", Times: 2, ExpressionListJoin: "&&", ExpressionList };
    await cms.call("PutResourceMetricRule", flat({ Escalations: {}, CompositeExpression }));
    expect((await rules(cms.call))[0]?.CompositeExpression).toMatchObject({
      ExpressionList: { ExpressionList: [{ Period: 2 }] },
    });
  });

  it("ALR-3 service: a level has all four members", async () => {
    const { Times: _, ...three } = rule.Escalations.Info;
    const error = await refusal(cms.call("PutResourceMetricRule", flat({ Escalations: { Info: three } })));
    expect(error.code).toBe("MissingEscalations.Info.Times");
    expect(await rules(cms.call)).toEqual([]);
  });
});

describe("ALR-4 metric", () => {
  const cases: Case[] = [
    [
      "a misspelt metric",
      { MetricName: "ConsumerLags" },
      "ResourceNotFound",
      "did you mean ConsumerLag?",
      {},
    ],
    [
      "a metric of another product",
      { MetricName: "ConsumerGroupAccumulatedMessages" },
      "ResourceNotFound",
      "must be a metric of acs_rocketmq",
      { Namespace: "acs_iot", MetricName: "ConsumerGroupAccumulatedMessages" },
    ],
    [
      "a product that is not served",
      { Namespace: "acs_ecs_dashboard", MetricName: "cpu_total" },
      "ResourceNotFound",
      "must be one of acs_dts, acs_rocketmq, acs_iot",
      { Namespace: "acs_dts", MetricName: "ConsumerGroupLag" },
    ],
  ];
  it.each(cases)("ALR-4 service: %s", (...one) => judge("ALR-4", one));

  it("ALR-4 service: products of the settings are taken unjudged", async () => {
    const other = await startCms({
      settings: { rooms: { cms: { otherNamespaces: ["acs_ecs_dashboard"] } } },
    });
    try {
      await contactGroup(other.call);
      const ecs = { ...rule, Namespace: "acs_ecs_dashboard", MetricName: "cpu_total" };
      await other.call("PutResourceMetricRule", ecs);
      expect(await rules(other.call)).toHaveLength(1);
      const query = { Namespace: "acs_ecs_dashboard", MetricName: "cpu_total" };
      expect((await other.call("DescribeMetricList", query)).Datapoints).toBe("[]");
    } finally {
      await other.stop();
    }
  });
});

describe("ALR-5 mute", () => {
  const cases: Case[] = [
    ["299 s", { SilenceTime: 299 }, INVALID, "from 300 to 86400 seconds, got 299", { SilenceTime: 300 }],
    ["86401 s", { SilenceTime: 86_401 }, INVALID, "got 86401", { SilenceTime: 86_400 }],
    ["0 s", { SilenceTime: 0 }, INVALID, "got 0", { SilenceTime: "" }],
    ["half a second", { SilenceTime: "3600.5" }, INVALID, "got 3600.5", { SilenceTime: 7200 }],
  ];
  it.each(cases)("ALR-5 service: %s", (...one) => judge("ALR-5", one));

  it("ALR-5 service: a day where none is sent", async () => {
    await cms.call("PutResourceMetricRule", rule);
    expect((await rules(cms.call))[0]?.SilenceTime).toBe(86_400);
  });
});

describe("ALR-6 effective period", () => {
  const form = "must read HH:MM-HH:MM";
  const period = (EffectiveInterval: string) => ({ EffectiveInterval });
  const cases: Case[] = [
    ["hour 24", period("00:00-24:00"), INVALID, form, period("00:00-23:59")],
    ["minute 60", period("08:60-20:00"), INVALID, form, period("08:59-20:00")],
    ["words", period("always"), INVALID, form, period("")],
    ["an end only", period("-20:00"), INVALID, form, period("8:00-20:00")],
    ["a zone in letters", period("22:00-06:00 CST"), INVALID, form, period("22:00-06:00 +0800")],
    ["a zone of 15 hours", period("22:00-06:00 +1500"), INVALID, form, period("22:00-06:00 -1100")],
    [
      "a malformed exception",
      { NoEffectiveInterval: "night" },
      INVALID,
      form,
      { NoEffectiveInterval: "23:00-05:00" },
    ],
  ];
  it.each(cases)("ALR-6 service: %s", (...one) => judge("ALR-6", one));
});

describe("ALR-7 means", () => {
  const level = (name: string) => ({ Escalations: { [name]: rule.Escalations.Info } });

  it("ALR-7 service: a level that is none of the three", () =>
    judge("ALR-7", ["", level("Notice"), INVALID, "must hold only Critical, Warn, Info", level("Warn")]));

  it("ALR-7 service: a level by which nobody can be reached is accepted and said in the status", async () => {
    const unheard = async () =>
      ((await cms.service.admin("GET", "status")).rooms as Record<string, Answer>).cms?.rulesThatReachNobody;
    await cms.call("PutContact", { ContactName: "Bob", Describe: "b", Channels: { SMS: "86-13311111111" } });
    await cms.call("PutContactGroup", { ContactGroupName: "phones", ContactNames: ["Bob"] });
    await cms.call("PutResourceMetricRule", flat({ ContactGroups: "phones" }));
    expect(await unheard()).toEqual([
      {
        ruleId: "lag-1",
        name: rule.RuleName,
        contactGroups: ["phones"],
        levels: ["Info: nobody has Mail or DingWebHook"],
      },
    ]);
    await cms.call("PutResourceMetricRule", flat({ ContactGroups: "phones", ...level("Critical") }));
    expect(await unheard()).toEqual([]);
    await cms.call("PutContactGroup", { ContactGroupName: "empty" });
    await cms.call("PutResourceMetricRule", flat({ ContactGroups: "empty" }));
    expect(await unheard()).toMatchObject([{ ruleId: "lag-1", contactGroups: ["empty"] }]);
    await cms.any("PutResourceMetricRule", flat({ ContactGroups: "empty", Webhook: "http://example.com/" }));
    expect(await unheard()).toEqual([]);
  });
});

describe("ALR-9 callback", () => {
  const hook = (Webhook: string) => ({ Webhook });
  const cases: Case[] = [
    ["another scheme", hook("ftp://example.com/x"), INVALID, "http or https", hook("http://example.com/x")],
    ["no scheme", hook("example.com/hook"), INVALID, "http or https", hook("https://example.com/hook")],
    ["no host", hook("https://"), INVALID, "http or https", hook("https://a.example:8443/?k=v")],
    ["one slash", hook("http:/example.com"), INVALID, "http or https", hook("http://127.0.0.1:8080/")],
  ];
  it.each(cases)("ALR-9 service: %s", (...one) => judge("ALR-9", one));
});

describe("ALR-10 targets", () => {
  const listed = async () =>
    ((await cms.call("DescribeMetricRuleTargets", { RuleId: "lag-1" })).Targets as { Target: Answer[] })
      .Target;

  it("ALR-10 service: auto scaling and log service come back as they were put; a malformed ARN stores nothing", async () => {
    await cms.call("PutResourceMetricRule", rule);
    const scaling = {
      Id: "scale",
      Arn: "acs:ess:cn-hangzhou:1208863178612345:scalingGroupId/asg-1:scalingRuleId/asr-1",
      Level: "Critical",
    };
    const log = { Id: "log", Arn: "acs:log:cn-hangzhou:1208863178612345:project/ops/logstore/alerts" };
    const wrong = { Id: "wrong", Arn: "acs:log:cn-hangzhou:1208863178612345:logstore/alerts", Level: "Info" };
    const RuleId = "lag-1";
    const error = await refusal(cms.call("PutMetricRuleTargets", { RuleId, Targets: [scaling, wrong] }));
    expect(error.code).toBe("400");
    expect(error.message).toContain("Targets.2.Arn must read");
    expect(error.message.endsWith("[ALR-10]")).toBe(true);
    expect(error.body.FailData).toEqual({ Targets: { Target: [wrong] } });
    expect(await listed()).toEqual([]);
    await cms.call("PutMetricRuleTargets", { RuleId, Targets: [scaling, log] });
    expect(await listed()).toEqual([scaling, log]);
    const api = { Id: "api", Arn: "acs:openapi:cn-hangzhou:1:cms/DescribeMetricList/2019-01-01/testrole" };
    await cms.call("PutMetricRuleTargets", { RuleId, Targets: [api] });
    expect(await listed()).toContainEqual(api);
    await cms.call("DeleteMetricRuleTargets", { RuleId, TargetIds: ["api"] });
    const changed = { ...log, Level: "Warn", JsonParams: "{}" };
    await cms.call("PutMetricRuleTargets", { RuleId, Targets: [changed] });
    expect(await listed()).toEqual([scaling, changed]);
    const gone = await refusal(cms.call("PutMetricRuleTargets", { RuleId: "other", Targets: [log] }));
    expect(gone.code).toBe("ResourceNotFound");
  });
});
