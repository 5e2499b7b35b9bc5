import * as pulumi from "@pulumi/pulumi";
import type { MetricName, Statistic } from "../contract/cms/metrics.ts";
import type { ComparisonWord } from "../contract/limits/cms.ts";
import type { ChangeTrackingInstance } from "./change-tracking-instance.ts";
import type { ConsumerGroup } from "./consumer-group.ts";
import { type Identity, idOf, type Reference, urnOf } from "./identity.ts";
import type { ALERT_PRODUCTS, AlertMethod, AlertProduct } from "./schema/alert-rule.ts";
import { DynamicResource } from "./shim.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** Every resource of the product. */
export interface AllRangeArgs {
  kind: "all";
}

/** The resources named here: what the metric is of (groups, topics, products, or the instance) has to be named. */
export interface InstancesRangeArgs {
  kind: "instances";
  /** Region of the instance. Default: wherever the instance is. */
  region?: pulumi.Input<string>;
  /** The instance: a `ChangeTrackingInstance`, or the id of any. IoT Platform's public instance has none. */
  instance?: Reference<ChangeTrackingInstance>;
  /** Consumer groups: resources or ids. The alert is deleted before a group that is given as a resource. */
  groups?: pulumi.Input<Reference<ConsumerGroup>[]>;
  /** Topics, for metrics of topics. */
  topics?: pulumi.Input<pulumi.Input<string>[]>;
  /** Keys of IoT products, for metrics of products. */
  productKeys?: pulumi.Input<pulumi.Input<string>[]>;
}

/** When an alert fires: a statistic of the metric, compared with a threshold, for some periods in a row. */
export interface AlertTriggerArgs {
  /** As the metric has it. */
  statistic: pulumi.Input<Statistic>;
  /** With the threshold, or by percent with an earlier value (`aboveYesterday`, ...). */
  comparison: pulumi.Input<ComparisonWord>;
  /** In the metric's unit, or percent. */
  threshold: pulumi.Input<number>;
  /** Periods in a row in which it must hold, 1 or more. */
  times: pulumi.Input<number>;
}

/** What an alert does besides telling people. */
export interface AlertTargetsArgs {
  /** `acs:ess:{region}:{account}:scalingGroupId/{group}:scalingRuleId/{rule}` */
  autoScaling?: pulumi.Input<string>;
  /** `acs:log:{region}:{account}:project/{project}/logstore/{logstore}` */
  logService?: pulumi.Input<string>;
}

interface RuleArgs<P extends AlertProduct> {
  /** Product that is watched. A change replaces the rule. */
  product: P;
  /** Metric of the product, by its published name; those of change tracking and consumer groups of IoT Platform are local. A change replaces the rule. */
  metric: pulumi.Input<MetricName<(typeof ALERT_PRODUCTS)[P]>>;
  /** Name of the rule, 1 to 255 characters. Default: the logical name. Changed in place. */
  name?: pulumi.Input<string>;
  /** Which resources are watched. Changed in place. */
  range: AllRangeArgs | InstancesRangeArgs | pulumi.Output<AllRangeArgs | InstancesRangeArgs>;
  /** Seconds of a scan, a multiple of 60. Default: the metric's own, 60. */
  periodSeconds?: pulumi.Input<number>;
  trigger: pulumi.Input<AlertTriggerArgs>;
  /** Seconds until an alert that stays is sent again, 300 to 86400; below 3600 it warns. Default 86400. */
  muteSeconds?: pulumi.Input<number>;
  /** When alerts are sent, `HH:MM-HH:MM` with or without a zone as ` +0800`; may cross midnight. Default 00:00-23:59. */
  effectivePeriod?: pulumi.Input<string>;
  /** Names of the contact groups that get the alert, at least one; they exist on the service. */
  contactGroups: pulumi.Input<pulumi.Input<string>[]>;
  /** Levels: `info` (e-mail and DingTalk robot), `warn` and `critical` (also text messages). Default `["info"]`. */
  methods?: pulumi.Input<pulumi.Input<AlertMethod>[]>;
  /** Default none. */
  targets?: pulumi.Input<AlertTargetsArgs>;
  /** Subject of the e-mail, for a range of instances only. Default: product, metric and instance id. */
  emailSubject?: pulumi.Input<string>;
  /** Remark in the e-mail; kept as the rule's label `emailRemark`. Default none. */
  emailRemark?: pulumi.Input<string>;
  /** http or https URL that is called by POST, reachable from the Internet; kept as a secret. Default none. */
  callbackUrl?: pulumi.Input<string>;
  /** Changed in place. Default true. */
  enabled?: pulumi.Input<boolean>;
  /** Region whose CloudMonitor is asked. Default: `changetracking:region`, else cn-hangzhou. A change replaces the rule. */
  region?: pulumi.Input<string>;
  /** Take over the rule of this name on this metric, if there is exactly one, instead of failing. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /** Bounds on waiting. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

export type ChangeTrackingAlertArgs = RuleArgs<"changeTracking">;
export type RocketmqAlertArgs = RuleArgs<"rocketmq">;
export type IotAlertArgs = RuleArgs<"iot">;
/** Inputs of an `AlertRule`: which metrics there are depends on the product. */
export type AlertRuleArgs = ChangeTrackingAlertArgs | RocketmqAlertArgs | IotAlertArgs;

/** What leads to an existing rule. */
export interface AlertRuleState {
  /** Default: the configured region. */
  region?: pulumi.Input<string>;
}

/** An alert rule of CloudMonitor. Its id is the rule's id, which is fixed before the rule is made. */
export class AlertRule extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  declare readonly product: pulumi.Output<AlertProduct>;
  declare readonly metric: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  /** Id of the rule, the same as `id`. */
  declare readonly ruleId: pulumi.Output<string>;
  /** OK, ALARM or INSUFFICIENT_DATA at the last look. */
  declare readonly alertState: pulumi.Output<string>;

  constructor(name: string, args: AlertRuleArgs, opts?: pulumi.CustomResourceOptions) {
    const identity: Identity = { self: urnOf("AlertRule", name, opts?.parent), logicalName: name };
    const { callbackUrl, range } = args ?? {};
    const props = {
      ...DEFAULTED,
      ...args,
      ...(range === undefined ? {} : { range: rangeWithIds(range) }),
      ...(callbackUrl === undefined ? {} : { callbackUrl: pulumi.secret(callbackUrl) }),
      ruleId: undefined,
      alertState: undefined,
      __identity: identity,
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
