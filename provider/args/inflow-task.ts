/* Written by `npm run docs` from the schemas in provider/schema; to change an input, change it there. */

import type * as pulumi from "@pulumi/pulumi";
import type { ChangeTrackingInstance } from "../change-tracking-instance.ts";
import type { ConsumerGroup } from "../consumer-group.ts";
import type { Reference } from "../identity.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** Where reading begins. */
export interface InflowOffsetArgs {
  /**
   * Where reading begins: `2022-06-21 00:00:00`, ISO 8601 with a zone, or seconds since the epoch; inside the
   * instance's data range. Counts at the first consumption only; preview warns of a later change. Default:
   * the service's. Source: MQ-4, MQ-5.
   */
  consumerOffset?: pulumi.Input<number | string>;
  /**
   * Zone of an offset without one, such as +08:00 or Z. Default +08:00, that of every region with inflow
   * tasks. Source: MQ-4.
   */
  consumerOffsetZone?: pulumi.Input<string>;
  /** Read-only: the output `accessMethod` of the task. Source: MQ-6. */
  accessMethod?: never;
  /** Read-only: the output `sourceInstanceId` of the task. Source: MQ-6. */
  sourceInstanceId?: never;
}

/** A group of the same program: the task goes by its account and password, and is deleted before it. */
export interface InflowGroupSourceArgs extends InflowOffsetArgs {
  /** The group, platform `changeTracking`; one task for each. Another group replaces the task. */
  group: ConsumerGroup;
  /** Account of the group. Default: that of the group given as resource. Changed in place. */
  account?: pulumi.Input<string>;
  /** Password of the account. Secret. Default: that of the group given as resource. Changed in place. */
  password?: pulumi.Input<string>;
  /** That of the group. */
  instance?: never;
  /** That of the group. */
  groupId?: never;
}

/** A group by its id. When the group is deleted by a program, this task counts as somebody else's. */
export interface InflowIdSourceArgs extends InflowOffsetArgs {
  /** The change tracking instance: the resource or its id. Changed in place. */
  instance: Reference<ChangeTrackingInstance>;
  /** Id of the consumer group, which one task reads. A change replaces the task. Source: DTS-2. */
  groupId: pulumi.Input<string>;
  /** Account of the group. Changed in place. */
  account: pulumi.Input<string>;
  /** Password of the account. Secret. Changed in place. */
  password: pulumi.Input<string>;
  /** Either the group or its id. */
  group?: never;
}

/** The event as it is. */
export interface CompleteDataArgs {
  /** How it is made: completeData, dataExtraction, fixedValue, template. Source: MQ-8. */
  form: "completeData";
}

/** A part of the event. */
export interface DataExtractionArgs {
  /** How it is made: completeData, dataExtraction, fixedValue, template. Source: MQ-8. */
  form: "dataExtraction";
  /** With form dataExtraction: the JSONPath, such as $.data.name. Source: MQ-11. */
  path: pulumi.Input<string>;
}

/** The same for every event. */
export interface FixedValueArgs {
  /** How it is made: completeData, dataExtraction, fixedValue, template. Source: MQ-8. */
  form: "fixedValue";
  /** With form fixedValue: the value, not empty. Source: MQ-11. */
  value: pulumi.Input<string>;
}

/** Made of parts of the event. */
export interface TemplateArgs {
  /** How it is made: completeData, dataExtraction, fixedValue, template. Source: MQ-8. */
  form: "template";
  /** With form template: JSONPath or constant by name. Source: MQ-11. */
  parameters: pulumi.Input<Record<string, pulumi.Input<string | number | boolean>>>;
  /** With form template: the text, with ${name} for each parameter. Source: MQ-11. */
  template: pulumi.Input<string>;
}

/** The topic that the messages go to, and how they are made. */
export interface InflowSinkArgs {
  /** 4.x or 5.x, as the instance is. Source: MQ-7. */
  version: pulumi.Input<"4.x" | "5.x">;
  /** Id of the RocketMQ instance. */
  instance: pulumi.Input<string>;
  /** Topic of the instance, 1 to 64 characters. */
  topic: pulumi.Input<string>;
  /** Message body: completeData, dataExtraction, fixedValue or template. Default completeData. Source: MQ-8. */
  body?: pulumi.Input<CompleteDataArgs | DataExtractionArgs | FixedValueArgs | TemplateArgs>;
  /** Custom properties: dataExtraction or template. Default none. Source: MQ-9. */
  properties?: pulumi.Input<DataExtractionArgs | TemplateArgs>;
  /** Message key: dataExtraction, fixedValue or template. Default none. Source: MQ-10. */
  key?: pulumi.Input<DataExtractionArgs | FixedValueArgs | TemplateArgs>;
  /** Message tag: dataExtraction, fixedValue or template. Default none. Source: MQ-10. */
  tag?: pulumi.Input<DataExtractionArgs | FixedValueArgs | TemplateArgs>;
}

/** Inputs of an `InflowTask`. */
export interface InflowTaskArgs {
  /**
   * Name of the task, 1 to 127 characters, unique in the region. Default: the resource's logical name. A
   * change replaces the task.
   */
  name?: pulumi.Input<string>;
  /** At most 1024 characters. Default none. Changed in place. */
  description?: pulumi.Input<string>;
  /**
   * Region of the instance and of the task: cn-hangzhou, cn-shanghai, cn-qingdao, cn-beijing, cn-shenzhen,
   * cn-guangzhou, cn-chengdu, cn-hongkong. Default: that of the group or instance given as resource, else the
   * configured `changetracking:region`, else cn-hangzhou. A change replaces the task. Source: MQ-1, MQ-18.
   */
  region?: pulumi.Input<string>;
  /**
   * The consumer group that the task reads with: `group` (the resource, which brings the rest), or
   * `instance`, `groupId`, `account` and `password`. Another group replaces the task.
   */
  source: InflowSourceArgs;
  /** When messages are sent on. Default: the service's. Changed in place. */
  batch?: pulumi.Input<{
    /** Messages in a batch, 1 to 10000. Source: MQ-2. */
    messages?: pulumi.Input<number>;
    /** Longest wait of a batch, 0 to 15 seconds; 0 sends at once. Source: MQ-3. */
    intervalSeconds?: pulumi.Input<number>;
  }>;
  /** Event pattern as an object or its JSON. Default: every event. Changed in place. Source: MQ-12. */
  filter?: pulumi.Input<Record<string, unknown> | string>;
  /**
   * Function of Function Compute that splits, maps, enriches or routes the events. Default none. Changed in
   * place. Source: MQ-15.
   */
  transform?: pulumi.Input<{
    /** ARN of the function of Function Compute that gets each batch. Source: MQ-15. */
    functionArn: pulumi.Input<string>;
    /** Sync or Async. Judged only: the API has no member for it. Default Sync. Source: MQ-15. */
    invocationType?: pulumi.Input<"Sync" | "Async">;
  }>;
  /** Topic that the messages go to, and how they are made. Changed in place. */
  sink: pulumi.Input<InflowSinkArgs>;
  /**
   * backoff (3 retries, 10 to 20 s apart) or exponentialDecay (176 retries over a day). Default: the
   * service's, backoff. Changed in place. Source: MQ-14.
   */
  retryPolicy?: pulumi.Input<"backoff" | "exponentialDecay">;
  /**
   * ALL (goes on after the last retry) or NONE (stops). Default: the service's, NONE. Changed in place.
   * Source: MQ-14.
   */
  errorsTolerance?: pulumi.Input<"ALL" | "NONE">;
  /** Where an event goes after its last retry. Default: it is dropped. Changed in place. Source: MQ-14. */
  deadLetterQueue?: pulumi.Input<{
    /** ARN of an MNS queue, a RocketMQ topic, a Kafka topic or an event bus; not the sink itself. Source: MQ-14. */
    arn: pulumi.Input<string>;
  }>;
  /** running or paused. Default running. Changed in place. Source: MQ-13. */
  state?: pulumi.Input<"running" | "paused">;
  /** Read-only: the output `accessMethod` of the task. Source: MQ-6. */
  accessMethod?: never;
  /** Read-only: the output `sourceInstanceId` of the task. Source: MQ-6. */
  sourceInstanceId?: never;
  /** Take over what already exists under this name instead of failing. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /**
   * Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider.
   * Default 1800 each.
   */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** The group that a task reads with. */
export type InflowSourceArgs = InflowGroupSourceArgs | InflowIdSourceArgs;
