/* Written by `npm run docs` from the schemas in provider/schema; to change an input, change it there. */

import type * as pulumi from "@pulumi/pulumi";
import type { ChangeTrackingInstance } from "../change-tracking-instance.ts";
import type { ConsumerGroup } from "../consumer-group.ts";
import type { Reference } from "../identity.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** Every resource of the product. */
export interface AllRangeArgs {
  /** all (every resource of the product) or instances (those named here). Source: ALR-1. */
  kind: "all";
}

/**
 * The resources named here: what the metric is of (groups, topics, products, or the instance) has to be
 * named.
 */
export interface InstancesRangeArgs {
  /** all (every resource of the product) or instances (those named here). Source: ALR-1. */
  kind: "instances";
  /** Region of the instance; with kind instances only. Default: wherever the instance is. */
  region?: pulumi.Input<string>;
  /**
   * The instance: a resource or the id of any; with kind instances only. IoT Platform's public instance has
   * none. Source: ALR-1.
   */
  instance?: Reference<ChangeTrackingInstance>;
  /**
   * Consumer groups: resources or ids. Needed with kind instances where the metric is of groups. The rule is
   * deleted before a group that is given as a resource. Source: ALR-1.
   */
  groups?: pulumi.Input<Reference<ConsumerGroup>[]>;
  /** Topics, where the metric is of topics. Source: ALR-1. */
  topics?: pulumi.Input<pulumi.Input<string>[]>;
  /** Keys of IoT products, where the metric is of products. Source: ALR-1. */
  productKeys?: pulumi.Input<pulumi.Input<string>[]>;
}

/** When an alert fires: a statistic of the metric, compared with a threshold, for some periods in a row. */
export interface AlertTriggerArgs {
  /** Average, Maximum, Minimum, Sum or Value, as the metric has it. Source: ALR-3. */
  statistic: pulumi.Input<"Average" | "Maximum" | "Minimum" | "Sum" | "Value">;
  /**
   * How the statistic is compared with the threshold: >=, >, <=, <, == or !=; or with an earlier value by
   * percent: aboveYesterday, belowYesterday, aboveLastWeek, belowLastWeek, aboveLastPeriod, belowLastPeriod.
   * Source: ALR-3.
   */
  comparison: pulumi.Input<
    | ">="
    | ">"
    | "<="
    | "<"
    | "!="
    | "=="
    | "aboveYesterday"
    | "belowYesterday"
    | "aboveLastWeek"
    | "belowLastWeek"
    | "aboveLastPeriod"
    | "belowLastPeriod"
  >;
  /** In the metric's unit, or percent when compared with an earlier value. Source: ALR-3. */
  threshold: pulumi.Input<number>;
  /** Periods in a row in which it must hold, 1 or more. Source: ALR-3. */
  times: pulumi.Input<number>;
}

/** What an alert does besides telling people. */
export interface AlertTargetsArgs {
  /**
   * ARN of a scaling rule that the alert runs:
   * acs:ess:{region}:{account}:scalingGroupId/{group}:scalingRuleId/{rule}. Source: ALR-10.
   */
  autoScaling?: pulumi.Input<string>;
  /**
   * ARN of a logstore that the alert is written to:
   * acs:log:{region}:{account}:project/{project}/logstore/{logstore}. Source: ALR-10.
   */
  logService?: pulumi.Input<string>;
}

/** What alert rules of every product take. */
export interface AlertArgs {
  /**
   * Name of the rule, 1 to 255 characters. Default: the resource's logical name. Changed in place. Source:
   * ALR-2.
   */
  name?: pulumi.Input<string>;
  /** Which resources are watched. Changed in place. Source: ALR-1. */
  range: AllRangeArgs | InstancesRangeArgs | pulumi.Output<AllRangeArgs | InstancesRangeArgs>;
  /**
   * Seconds of a scan, a multiple of 60. Default: the metric's own, 60. Changed in place. Source: ALR-2,
   * ALR-3.
   */
  periodSeconds?: pulumi.Input<number>;
  /** When the alert fires. Changed in place. Source: ALR-3. */
  trigger: pulumi.Input<AlertTriggerArgs>;
  /**
   * Seconds until an alert that stays is sent again, 300 to 86400; below 3600 it warns, because the published
   * page has no less. Default 86400. Changed in place. Source: ALR-5.
   */
  muteSeconds?: pulumi.Input<number>;
  /**
   * When alerts are sent: HH:MM-HH:MM, perhaps with a zone as +0800 behind a blank; may cross midnight.
   * Default 00:00-23:59. Changed in place. Source: ALR-6.
   */
  effectivePeriod?: pulumi.Input<string>;
  /**
   * Names of the contact groups that get the alert, at least one; they exist on the service. Changed in
   * place. Source: ALR-2.
   */
  contactGroups: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Levels that alert by their means: info (e-mail and DingTalk robot), warn and critical (also text
   * messages). Default ["info"]. Changed in place. Source: ALR-7.
   */
  methods?: pulumi.Input<pulumi.Input<"critical" | "warn" | "info">[]>;
  /** What the alert does besides. Default nothing. Changed in place. Source: ALR-10. */
  targets?: pulumi.Input<AlertTargetsArgs>;
  /**
   * Subject of the e-mail, with range kind instances only. Default: product, metric and instance id. Changed
   * in place. Source: ALR-8.
   */
  emailSubject?: pulumi.Input<string>;
  /**
   * Remark in the e-mail, kept as the label `emailRemark` of the rule. Default none. Changed in place.
   * Source: ALR-8.
   */
  emailRemark?: pulumi.Input<string>;
  /**
   * http or https URL, reachable from the Internet, that is called by POST. Secret. Default none. Changed in
   * place. Source: ALR-9.
   */
  callbackUrl?: pulumi.Input<string>;
  /** Whether the rule works. Default true. Changed in place. */
  enabled?: pulumi.Input<boolean>;
  /**
   * Region whose CloudMonitor keeps the rule, for example cn-hangzhou. Default: the configured
   * `changetracking:region`, else cn-hangzhou. A change replaces the rule.
   */
  region?: pulumi.Input<string>;
  /** Take over what already exists under this name instead of failing. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /**
   * Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider.
   * Default 1800 each.
   */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** Inputs of an `AlertRule` on `changeTracking`. */
export interface ChangeTrackingAlertArgs extends AlertArgs {
  /** Product that is watched: changeTracking, rocketmq or iot. A change replaces the rule. Source: ALR-2. */
  product: "changeTracking";
  /**
   * Metric of the product, by its published name; those of change tracking and of consumer groups of IoT
   * Platform are local. A change replaces the rule. Source: ALR-2, ALR-4.
   */
  metric: pulumi.Input<
    "ChangeTrackingDelay" | "ChangeTrackingLargeRow" | "ConsumerGroupDelay" | "ConsumerGroupLag"
  >;
}

/** Inputs of an `AlertRule` on `rocketmq`. */
export interface RocketmqAlertArgs extends AlertArgs {
  /** Product that is watched: changeTracking, rocketmq or iot. A change replaces the rule. Source: ALR-2. */
  product: "rocketmq";
  /**
   * Metric of the product, by its published name; those of change tracking and of consumer groups of IoT
   * Platform are local. A change replaces the rule. Source: ALR-2, ALR-4.
   */
  metric: pulumi.Input<
    | "ConsumerLag"
    | "ConsumerLagLatencyPerGid"
    | "ReadyMessages"
    | "ReadyMessageQueueTime"
    | "SendMessageCountPerGid"
    | "ReceiveMessageCountPerGid"
    | "SendDLQMessageCountPerGid"
    | "ThrottledReceiveRequestsPerGid"
    | "ConsumerLagPerGidTopic"
    | "ConsumerLagLatencyPerGidTopic"
    | "ReadyMessagesPerGidTopic"
    | "ReadyMessageQueueTimePerGidTopic"
    | "SendMessageCountPerGidTopic"
    | "ReceiveMessageCountPerGidTopic"
    | "SendDLQMessageCountPerGidTopic"
    | "ThrottledReceiveRequestsPerGidTopic"
    | "SendMessageCountPerTopic"
    | "ReceiveMessageCountPerTopic"
    | "ThrottledSendRequestsPerTopic"
    | "SendMessageCountPerInstance"
    | "ReceiveMessageCountPerInstance"
    | "ThrottledSendRequestsPerInstance"
    | "ThrottledReceiveRequestsPerInstance"
    | "MessageRetentionPeriod"
    | "InstanceApiCallTps"
    | "InstanceApiCallTpsMax"
    | "InstanceTpsUtilization"
    | "InstanceSendApiCallTps"
    | "InstanceSendTpsUtilization"
    | "InstanceReceiveApiCallTps"
    | "InstanceReceiveTpsUtilization"
    | "InstanceOnlineClients"
    | "InstanceOnlineClientsUtilization"
    | "InstanceActiveConnection"
    | "InstanceTrafficRX"
    | "InstanceTrafficTX"
    | "InstanceTrafficRXUtilization"
    | "InstanceTrafficTXUtilization"
    | "InstanceDropTrafficRX"
    | "InstanceDropTrafficTX"
    | "InstanceInternetFlowoutBandwidth"
    | "InstanceStorageSize"
  >;
}

/** Inputs of an `AlertRule` on `iot`. */
export interface IotAlertArgs extends AlertArgs {
  /** Product that is watched: changeTracking, rocketmq or iot. A change replaces the rule. Source: ALR-2. */
  product: "iot";
  /**
   * Metric of the product, by its published name; those of change tracking and of consumer groups of IoT
   * Platform are local. A change replaces the rule. Source: ALR-2, ALR-4.
   */
  metric: pulumi.Input<
    | "ConsumerGroupAccumulatedMessages"
    | "ConsumerGroupConsumptionRate"
    | "MessageCountForwardedThroughRuleEngine_FC"
    | "MessageCountForwardedThroughRuleEngine_MNS"
    | "MessageCountForwardedThroughRuleEngine_OTS"
    | "MessageCountForwardedThroughRuleEngine_DATAHUB"
    | "MessageCountForwardedThroughRuleEngine_KAFKA"
  >;
}

/** Inputs of an `AlertRule`: which metrics there are depends on the product. */
export type AlertRuleArgs = ChangeTrackingAlertArgs | RocketmqAlertArgs | IotAlertArgs;
