import { describe, expect, it } from "vitest";
import { alertRule } from "../../../provider/schema/alert-rule.ts";
import { judge, UNKNOWN } from "../../../provider/schema/unknown.ts";
import { messagesOf } from "../../support/refusals.ts";

const good = {
  name: "lag of billing",
  product: "rocketmq",
  range: { kind: "instances", instance: "rmq-1", groups: ["billing"] },
  metric: "ConsumerLag",
  trigger: { statistic: "Sum", comparison: ">=", threshold: 100, times: 3 },
  contactGroups: ["on-call"],
};
const full = {
  ...good,
  periodSeconds: 120,
  muteSeconds: 3600,
  effectivePeriod: "22:00-06:00 +0800",
  methods: ["critical", "info"],
  targets: {
    autoScaling: "acs:ess:cn-hangzhou:1:scalingGroupId/g:scalingRuleId/r",
    logService: "acs:log:cn-hangzhou:1:project/p/logstore/l",
  },
  emailSubject: "lag",
  emailRemark: "look at the consumers",
  callbackUrl: "https://example.com/hook?key=s3cret",
  enabled: false,
  region: "cn-hangzhou",
  adoptExisting: true,
  timeouts: { create: 60 },
};
const all = { ...good, range: { kind: "all" } };

const refusals = (value: object) => messagesOf(judge(alertRule, value));
const rules = (value: object) => judge(alertRule, value).map(({ rule, property }) => `${rule} ${property}`);

describe("AlertRule inputs", () => {
  it("are accepted from the least to all of them", () => {
    for (const value of [good, full, all]) expect(refusals(value)).toEqual([]);
  });

  it("may be unknown", () => {
    const unknowns = Object.fromEntries(Object.keys(full).map((key) => [key, UNKNOWN]));
    expect(refusals(unknowns)).toEqual([]);
    expect(refusals({ ...full, range: { kind: "instances", instance: UNKNOWN, groups: UNKNOWN } })).toEqual(
      [],
    );
    expect(rules({ ...full, metric: UNKNOWN, muteSeconds: 1 })).toEqual(["ALR-5 muteSeconds"]);
  });

  it("ALR-8 takes an e-mail subject for a range of instances only", () => {
    expect(refusals({ ...good, emailSubject: "lag" })).toEqual([]);
    expect(refusals({ ...all, emailRemark: "look" })).toEqual([]);
    expect(refusals({ ...all, emailSubject: "lag" })).toEqual([
      "emailSubject is for range kind instances only; leave it out with all [ALR-8]",
    ]);
  });

  it.each<[string, object, string[]]>([
    [
      "ALR-1 region with all",
      { ...all, range: { kind: "all", region: "cn-hangzhou" } },
      ["ALR-1 range.region"],
    ],
    ["ALR-1 instance with all", { ...all, range: { kind: "all", instance: "i" } }, ["ALR-1 range.instance"]],
    ["ALR-1 instances without groups", { ...good, range: { kind: "instances" } }, ["ALR-1 range.groups"]],
    [
      "ALR-1 no groups in the list",
      { ...good, range: { kind: "instances", groups: [] } },
      ["ALR-1 range.groups"],
    ],
    [
      "ALR-1 topics of a metric of groups",
      { ...good, range: { ...good.range, topics: ["t"] } },
      ["ALR-1 range.topics"],
    ],
    [
      "ALR-2 nothing at all",
      {},
      ["ALR-2 name", "ALR-2 product", "ALR-1 range", "ALR-2 metric", "ALR-2 trigger", "ALR-2 contactGroups"],
    ],
    ["ALR-2 no contact group", { ...good, contactGroups: [] }, ["ALR-2 contactGroups"]],
    ["ALR-2 a comma in a group", { ...good, contactGroups: ["a,b"] }, ["ALR-2 contactGroups[0]"]],
    [
      "ALR-3 a statistic",
      { ...good, trigger: { ...good.trigger, statistic: "Average" } },
      ["ALR-3 trigger.statistic"],
    ],
    [
      "ALR-3 a comparison",
      { ...good, trigger: { ...good.trigger, comparison: "=>" } },
      ["ALR-3 trigger.comparison"],
    ],
    ["ALR-3 no times", { ...good, trigger: { ...good.trigger, times: 0 } }, ["ALR-3 trigger.times"]],
    [
      "ALR-3 a threshold",
      { ...good, trigger: { ...good.trigger, threshold: "9" } },
      ["ALR-3 trigger.threshold"],
    ],
    ["ALR-3 a period", { ...good, periodSeconds: 90 }, ["ALR-3 periodSeconds"]],
    ["ALR-4 a metric", { ...good, metric: "Lag" }, ["ALR-4 metric"]],
    ["ALR-4 a metric of another product", { ...good, product: "iot" }, ["ALR-4 metric"]],
    ["ALR-5 a mute", { ...good, muteSeconds: 60 }, ["ALR-5 muteSeconds"]],
    ["ALR-6 a period", { ...good, effectivePeriod: "8-20" }, ["ALR-6 effectivePeriod"]],
    ["ALR-7 no level", { ...good, methods: [] }, ["ALR-7 methods"]],
    ["ALR-7 an unknown level", { ...good, methods: ["email"] }, ["ALR-7 methods[0]"]],
    ["ALR-9 a callback", { ...good, callbackUrl: "ftp://s3cret" }, ["ALR-9 callbackUrl"]],
    ["ALR-10 an ARN", { ...good, targets: { autoScaling: "acs:ess:x" } }, ["ALR-10 targets.autoScaling"]],
  ])("%s is refused", (_, value, expected) => {
    expect(rules(value)).toEqual(expected);
    expect(refusals(value).join()).not.toContain("s3cret");
  });
});
