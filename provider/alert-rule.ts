import * as pulumi from "@pulumi/pulumi";
import type { AlertRuleArgs, InstancesRangeArgs } from "./args/alert-rule.ts";
import type { ConsumerGroup } from "./consumer-group.ts";
import { idOf, plainIdentity, type Reference } from "./identity.ts";
import { DynamicResource } from "./shim.ts";

/** What leads to an existing rule. */
export interface AlertRuleState {
  /** Default: the configured region. */
  region?: pulumi.Input<string>;
}

/**
 * An alert rule of CloudMonitor. Its id is the rule's id, which is fixed before the rule is made.
 *
 * @example
 * ```ts
 * import { AlertRule } from "pulumi-change-tracking";
 *
 * new AlertRule("billing-lag", {
 *   product: "rocketmq",
 *   metric: "ConsumerLag",
 *   range: { kind: "instances", instance: "rmq-cn-7e22n1jy70a", groups: ["GID_billing"] },
 *   trigger: { statistic: "Sum", comparison: ">=", threshold: 1000, times: 3 },
 *   contactGroups: ["on-call"],
 *   methods: ["warn"],
 * });
 * ```
 */
export class AlertRule extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  declare readonly product: pulumi.Output<AlertRuleArgs["product"]>;
  declare readonly metric: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  /** Id of the rule, the same as `id`. */
  declare readonly ruleId: pulumi.Output<string>;
  /** OK, ALARM or INSUFFICIENT_DATA at the last look. */
  declare readonly alertState: pulumi.Output<string>;

  constructor(name: string, args: AlertRuleArgs, opts?: pulumi.CustomResourceOptions) {
    const { callbackUrl, range } = args ?? {};
    const props = {
      ...DEFAULTED,
      ...args,
      ...(range === undefined ? {} : { range: rangeWithIds(range) }),
      ...(callbackUrl === undefined ? {} : { callbackUrl: pulumi.secret(callbackUrl) }),
      ruleId: undefined,
      alertState: undefined,
      __identity: plainIdentity("AlertRule", name, opts),
    };
    const additionalSecretOutputs = ["callbackUrl", ...(opts?.additionalSecretOutputs ?? [])];
    super("AlertRule", name, props, { ...opts, additionalSecretOutputs });
  }

  /** Reads an existing rule by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<string>,
    state: AlertRuleState = {},
    opts?: pulumi.CustomResourceOptions,
  ): AlertRule {
    return new AlertRule(name, state as AlertRuleArgs, { ...opts, id });
  }
}

/** Inputs that are outputs too, also when the program leaves them out: for their default, or in `get`. */
const DEFAULTED = {
  name: undefined,
  region: undefined,
  product: undefined,
  metric: undefined,
  enabled: undefined,
};

type Range = AlertRuleArgs["range"];

/** Resources in a range become their ids, whichever way the range is given. */
function rangeWithIds(range: Range): pulumi.Input<object> {
  if (pulumi.Output.isInstance(range) || range instanceof Promise) {
    return pulumi.output(range).apply((known) => plainRange(known as Exclude<Range, pulumi.Output<unknown>>));
  }
  return plainRange(range);
}

function plainRange(range: Exclude<Range, pulumi.Output<unknown>>): object {
  if (typeof range !== "object" || range === null || range.kind !== "instances") return range;
  const { instance, groups } = range;
  return {
    ...range,
    ...(instance === undefined ? {} : { instance: idOf(instance) }),
    ...(groups === undefined ? {} : { groups: groupIds(groups) }),
  };
}

function groupIds(groups: NonNullable<InstancesRangeArgs["groups"]>): pulumi.Input<pulumi.Input<string>[]> {
  if (Array.isArray(groups)) return groups.map((group) => idOf(group));
  return pulumi
    .output(groups)
    .apply((known) => known.map((group) => idOf(group as Reference<ConsumerGroup>)));
}
