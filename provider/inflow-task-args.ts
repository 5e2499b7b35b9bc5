import type * as pulumi from "@pulumi/pulumi";
import type { SinkVersion } from "../contract/limits/eventbridge.ts";
import type { ChangeTrackingInstance } from "./change-tracking-instance.ts";
import type { ConsumerGroup } from "./consumer-group.ts";
import type { Reference } from "./identity.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** Where reading begins. */
export interface InflowOffsetArgs {
  /**
   * `2022-06-21 00:00:00`, ISO 8601 with a zone, or seconds since the epoch; inside the instance's data range. It
   * counts at the first consumption only; preview warns of a later change. Default: the service's.
   */
  consumerOffset?: pulumi.Input<number | string>;
  /** Zone of an offset without one: `+08:00` or `Z`. Default `+08:00`, that of every region with inflow tasks. */
  consumerOffsetZone?: pulumi.Input<string>;
  /** Read-only: an output of the task. */
  accessMethod?: never;
  /** Read-only: the output `sourceInstanceId` of the task. */
  sourceInstanceId?: never;
}

/** A group of the same program: the task goes by its account and password, and is deleted before it. */
export interface InflowGroupSourceArgs extends InflowOffsetArgs {
  /** The group, platform `changeTracking`. One task for each group. */
  group: ConsumerGroup;
  /** Default: that of the group. Needed for a group that `ConsumerGroup.get` has read. */
  account?: pulumi.Input<string>;
  /** Default: that of the group. Kept as a secret. Needed for a group that `ConsumerGroup.get` has read. */
  password?: pulumi.Input<string>;
  instance?: never;
  groupId?: never;
}

/** A group by its id. When the group is deleted by a program, this task counts as somebody else's. */
export interface InflowIdSourceArgs extends InflowOffsetArgs {
  group?: never;
  /** The change tracking instance, as resource or id. */
  instance: Reference<ChangeTrackingInstance>;
  /** Id of the consumer group. One task for each group. */
  groupId: pulumi.Input<string>;
  /** Account of the group. */
  account: pulumi.Input<string>;
  /** Password of the account; kept as a secret. */
  password: pulumi.Input<string>;
}

export type InflowSourceArgs = InflowGroupSourceArgs | InflowIdSourceArgs;

export interface CompleteDataArgs {
  form: "completeData";
}

export interface DataExtractionArgs {
  form: "dataExtraction";
  /** JSONPath, such as `$.data.afterImage`. */
  path: pulumi.Input<string>;
}

export interface FixedValueArgs {
  form: "fixedValue";
  value: pulumi.Input<string>;
}

export interface TemplateArgs {
  form: "template";
  /** JSONPath or constant by name. */
  parameters: pulumi.Input<Record<string, pulumi.Input<string | number | boolean>>>;
  /** Text with `${name}` for each parameter. */
  template: pulumi.Input<string>;
}

/** The topic that the messages go to, and how they are made. Changed in place. */
export interface InflowSinkArgs {
  /** Version of the RocketMQ instance, which must be the instance's. */
  version: pulumi.Input<SinkVersion>;
  /** Id of the RocketMQ instance. */
  instance: pulumi.Input<string>;
  topic: pulumi.Input<string>;
  /** Default `{ form: "completeData" }`. */
  body?: CompleteDataArgs | DataExtractionArgs | FixedValueArgs | TemplateArgs;
  /** Custom properties. Default none. */
  properties?: DataExtractionArgs | TemplateArgs;
  /** Default none. */
  key?: DataExtractionArgs | FixedValueArgs | TemplateArgs;
  /** Default none. */
  tag?: DataExtractionArgs | FixedValueArgs | TemplateArgs;
}

/** Inputs of an `InflowTask`. */
export interface InflowTaskArgs {
  /** 1 to 127 characters, unique in the region. Default: the logical name. A change replaces the task. */
  name?: pulumi.Input<string>;
  /** At most 1024 characters. Default none. Changed in place. */
  description?: pulumi.Input<string>;
  /**
   * Region of the instance; one of cn-hangzhou, cn-shanghai, cn-qingdao, cn-beijing, cn-shenzhen, cn-guangzhou,
   * cn-chengdu, cn-hongkong. Default: that of the group or instance given as resource, else `changetracking:region`.
   * A change replaces the task.
   */
  region?: pulumi.Input<string>;
  /** The consumer group that the task reads with. Another group replaces the task; all else is changed in place. */
  source: InflowSourceArgs;
  /** 1 to 10000 messages; 0 to 15 seconds, 0 sends at once. Default: the service's. Changed in place. */
  batch?: pulumi.Input<{ messages?: pulumi.Input<number>; intervalSeconds?: pulumi.Input<number> }>;
  /** Event pattern, as an object or JSON text. Default: every event. Changed in place. */
  filter?: pulumi.Input<Record<string, unknown> | string>;
  /**
   * Function of Function Compute that splits, maps, enriches or routes the events. `invocationType` is judged only:
   * the API has no member for it. Default none. Changed in place.
   */
  transform?: pulumi.Input<{
    functionArn: pulumi.Input<string>;
    invocationType?: pulumi.Input<"Sync" | "Async">;
  }>;
  sink: InflowSinkArgs;
  /** How a failed delivery is tried again: 3 times, or 176 times over a day. Default: the service's, `backoff`. Changed in place. */
  retryPolicy?: pulumi.Input<"backoff" | "exponentialDecay">;
  /** After the last retry go on (`ALL`) or stop (`NONE`). Default: the service's, `NONE`. Changed in place. */
  errorsTolerance?: pulumi.Input<"ALL" | "NONE">;
  /** ARN of an MNS queue, RocketMQ topic, Kafka topic or event bus; not the sink itself. Default: events are dropped. Changed in place. */
  deadLetterQueue?: pulumi.Input<{ arn: pulumi.Input<string> }>;
  /** Default `running`. Changed in place. */
  state?: pulumi.Input<"running" | "paused">;
  /** Take over the event stream of this name instead of failing when there is one. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /** Bounds on waiting. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
