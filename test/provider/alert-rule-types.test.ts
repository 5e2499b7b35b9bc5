import type * as pulumi from "@pulumi/pulumi";
import type { AlertRule, AlertRuleArgs, ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";
import { describe, expectTypeOf, it } from "vitest";
import type { METRICS } from "../../contract/cms/metrics.ts";
import type { RocketmqAlertArgs } from "../../provider/args/alert-rule.ts";

/*
 * What the compiler accepts and refuses; `npm test` compiles this file, so an expected error that is none fails there.
 */

const trigger = { statistic: "Sum", comparison: ">=", threshold: 100, times: 3 } as const;
const lag: AlertRuleArgs = {
  product: "rocketmq",
  metric: "ConsumerLag",
  range: { kind: "instances", instance: "rmq-1", groups: ["GID_a"] },
  trigger,
  contactGroups: ["on-call"],
};

describe("alert rules", () => {
  it("take the metrics of their product, and resources or ids", () => {
    const group = {} as ConsumerGroup;
    const instance = {} as ChangeTrackingInstance;
    const id = {} as pulumi.Output<string>;
    const right: AlertRuleArgs[] = [
      lag,
      { ...lag, product: "changeTracking", metric: "ConsumerGroupLag" },
      { ...lag, product: "iot", metric: "MessageCountForwardedThroughRuleEngine_FC" },
      { ...lag, range: { kind: "all" }, methods: ["critical", "warn", "info"] },
      { ...lag, range: { kind: "instances", instance, groups: [group, group.id, "GID_a", id] } },
      { ...lag, callbackUrl: id, targets: { autoScaling: id, logService: "acs:log:..." } },
    ];
    expectTypeOf(right).toEqualTypeOf<AlertRuleArgs[]>();
    expectTypeOf<AlertRule["ruleId"]>().toEqualTypeOf<pulumi.Output<string>>();
  });

  it("have exactly the metrics of the table", () => {
    type Metrics = Extract<RocketmqAlertArgs["metric"], string>;
    expectTypeOf<Metrics>().toEqualTypeOf<(typeof METRICS)["acs_rocketmq"][number]["name"]>();
    expectTypeOf<"ConsumerLags">().not.toExtend<Metrics>();
  });

  it("refuse what is missing, unknown or of another product", () => {
    const { metric: _, ...withoutMetric } = lag;
    const wrong: AlertRuleArgs[] = [
      // @ts-expect-error no metric
      withoutMetric,
      // @ts-expect-error a metric of another product
      { ...lag, product: "iot", metric: "ConsumerLag" },
      // @ts-expect-error no such metric
      { ...lag, metric: "ConsumerLags" },
      // @ts-expect-error no such product
      { ...lag, product: "ecs" },
      // @ts-expect-error all resources have no groups
      { ...lag, range: { kind: "all", groups: ["GID_a"] } },
      // @ts-expect-error no such comparison
      { ...lag, trigger: { ...trigger, comparison: "=>" } },
      // @ts-expect-error no such statistic
      { ...lag, trigger: { ...trigger, statistic: "Median" } },
      // @ts-expect-error no such level
      { ...lag, methods: ["mail"] },
      // @ts-expect-error no such target
      { ...lag, targets: { queue: "acs:mns:..." } },
      // @ts-expect-error no such input
      { ...lag, mute: 3600 },
    ];
    expectTypeOf(wrong).toEqualTypeOf<AlertRuleArgs[]>();
  });
});
