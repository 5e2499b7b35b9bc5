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
const figures: FiguresPort = {
  namespace: "acs_rocketmq",
  points: (metric) =>
    metric === "ConsumerLag"
      ? [at(5, "a", 99), at(70, "a", 4), at(80, "a", 6), at(75, "b", 9), at(76, "c", 1)]
      : [],
};

let cms: CmsService;
beforeAll(async () => {
  cms = await startCms({ figures: [figures] });
});
afterAll(() => cms.stop());
beforeEach(async () => void (await cms.service.admin("POST", "reset")));

describe("PutResourceMetricRules", () => {
  const member = (more: Answer) => ({ ...rule, Resources: '[{"instanceId":"rmq-1"}]', ...more });

  it("makes several rules, from the typed client too", async () => {
    await contactGroup(cms.call);
    const Rules = [member({ RuleId: "one" }), member({ RuleId: "two", SilenceTime: 300 })];
    await cms.call("PutResourceMetricRules", { Rules });
    const made = (await rules(cms.any)).map(({ RuleId, SilenceTime }) => [RuleId, SilenceTime]);
    expect(made).toEqual([
      ["one", 86_400],
      ["two", 300],
    ]);
  });

  it("names those that are refused, with the place of what is wrong, and makes the others", async () => {
    await contactGroup(cms.call);
    const Rules = [
      member({ RuleId: "good" }),
      member({ RuleId: "short", SilenceTime: 1 }),
      member({ RuleId: "unknown", MetricName: "Lag" }),
      member({ RuleId: "nobody", ContactGroups: "none" }),
      member({ RuleId: "bare", Resources: "" }),
    ];
    const refused = await refusal(cms.any("PutResourceMetricRules", { Rules }));
    expect(refused.code).toBe("400");
    const { Target } = refused.body.FailedListResult as { Target: { RuleId: string; Result: Answer }[] };
    expect(Target.map(({ RuleId, Result }) => [RuleId, Result.Code])).toEqual([
      ["short", "InvalidParameter"],
      ["unknown", "ResourceNotFound"],
      ["nobody", "ContactGroupNotExists"],
      ["bare", "MissingRules.5.Resources"],
    ]);
    expect(Target[0]?.Result.Message).toMatch(/Rules\.2\.SilenceTime must be .*\[ALR-5\]$/);
    expect((await rules(cms.any)).map(({ RuleId }) => RuleId)).toEqual(["good"]);
  });
});

describe("CreateMetricRuleResources", () => {
  const RuleId = rule.RuleId;
  const group = (groupId: string) => ({ instanceId: "rmq-1", groupId });
  const add = (resources: unknown, more: Answer = {}) =>
    cms.any("CreateMetricRuleResources", { RuleId, Resources: JSON.stringify(resources), ...more });
  const watched = async () => JSON.parse(String((await rules(cms.any))[0]?.Resources));

  beforeEach(async () => {
    await contactGroup(cms.call);
    await cms.call("PutResourceMetricRule", rule);
  });

  it("narrows a rule over all resources to those that are named, and adds each only once", async () => {
    await add([group("a")]);
    await add([{ groupId: "a", instanceId: "rmq-1" }, group("b")]);
    expect(await watched()).toEqual([group("a"), group("b")]);
  });

  it("replaces them when asked to, and leaves the rest of the rule", async () => {
    await add([group("a")]);
    const [before] = await rules(cms.any);
    await add([group("b")], { Overwrite: "true" });
    expect(await watched()).toEqual([group("b")]);
    const changed = {
      Resources: expect.anything(),
      Dimensions: expect.anything(),
      GmtUpdate: expect.anything(),
    };
    expect((await rules(cms.any))[0]).toEqual({ ...before, ...changed });
  });

  it("takes 100 at a time and 3000 in all", async () => {
    const many = (count: number, from = 0) => Array.from({ length: count }, (_, i) => group(`g${from + i}`));
    expect((await refusal(add(many(101)))).message).toMatch(/1 to 100/);
    for (let from = 0; from < 3000; from += 100) await add(many(100, from));
    expect((await refusal(add(many(1, 3000)))).message).toMatch(/at most 3000 .*got 3001/);
    expect(await watched()).toHaveLength(3000);
  });

  it.each([
    ["no rule", [group("a")], { RuleId: "" }, "MissingRuleId"],
    ["a rule that is not there", [group("a")], { RuleId: "none" }, "ResourceNotFound"],
    ["a dimension that the metric has not (ALR-1)", [{ productKey: "a" }], {}, "InvalidParameter"],
    ["no resources", [], {}, "InvalidParameter"],
  ])("refuses %s and changes nothing", async (_, resources, more, code) => {
    expect((await refusal(add(resources, more))).code).toBe(code);
    expect((await rules(cms.any))[0]?.Resources).toBe("");
  });
});

describe("DescribeMetricTop", () => {
  const query = { Namespace: "acs_rocketmq", MetricName: "ConsumerLag", Orderby: "Maximum" };
  const time = { StartTime: String(t0), EndTime: String(t0 + 120_000) };
  const top = async (more: Answer = {}) => {
    const answer = await cms.any("DescribeMetricTop", { ...query, ...time, ...more });
    return (JSON.parse(String(answer.Datapoints)) as Answer[]).map((one) => [
      one.order,
      one.groupId,
      one.Sum,
    ]);
  };

  it("sorts the last period of the time, largest first, or as asked", async () => {
    const falling = [
      [1, "b", 9],
      [2, "a", 10],
      [3, "c", 1],
    ];
    expect(await top()).toEqual(falling);
    expect((await top({ OrderDesc: "True" })).map(([, group]) => group)).toEqual(["c", "a", "b"]);
    expect(await top({ Orderby: "Sum", Length: "1" })).toEqual([[1, "a", 10]]);
    expect(await top({ Dimensions: '[{"groupId":"c"}]' })).toEqual([[1, "c", 1]]);
  });

  it.each([
    ["no order", { Orderby: "" }, "MissingOrderby"],
    ["another order", { Orderby: "Median" }, "InvalidParameter"],
    ["a period of 300 s", { Period: "300" }, "InvalidParameter"],
    ["three hours by the minute", { EndTime: String(t0 + 3 * 3_600_000) }, "InvalidParameter"],
    ["an unknown metric", { MetricName: "Lag" }, "ResourceNotFound"],
  ])("refuses %s", async (_, more, code) => {
    expect((await refusal(top(more))).code).toBe(code);
  });
});

it("DescribeAlertHistoryList has nothing while rules do not fire, and knows its words", async () => {
  const answer = await cms.call("DescribeAlertHistoryList", { RuleId: "lag-1", Page: 1, PageSize: 10 });
  expect(answer).toMatchObject({ AlarmHistoryList: { AlarmHistory: [] }, Total: "0" });
  expect((await refusal(cms.any("DescribeAlertHistoryList", { State: "LOUD" }))).code).toBe(
    "InvalidParameter",
  );
});
