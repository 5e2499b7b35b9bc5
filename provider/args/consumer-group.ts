/* Written by `npm run docs` from the schemas in provider/schema; to change an input, change it there. */

import type * as pulumi from "@pulumi/pulumi";
import type { ChangeTrackingInstance } from "../change-tracking-instance.ts";
import type { Reference } from "../identity.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** A consumer group of a change tracking instance. */
export interface ChangeTrackingGroupArgs {
  /** Consumer group of a change tracking instance. A change replaces the group. */
  platform: "changeTracking";
  /**
   * The change tracking instance: the resource or its id. At most 20 groups each. A replaced group loses its
   * offset. A change replaces the group. Source: CreateConsumerChannel.
   */
  instance: Reference<ChangeTrackingInstance>;
  /**
   * Name of the group, 1 to 128 characters, unique in the instance. Default: the resource's logical name.
   * Changed in place. Source: DTS-3.
   */
  name?: pulumi.Input<string>;
  /**
   * Account of the group, 1 to 16 of A-Z a-z 0-9 _, unique in the instance. Changed in place. Source: DTS-4,
   * DTS-5.
   */
  account: pulumi.Input<string>;
  /**
   * Password of the account, 8 to 32 printable ASCII characters of at least two kinds. Secret. Changed in
   * place. Source: DTS-6, DTS-7.
   */
  password: pulumi.Input<string>;
  /**
   * How the data will be read: sdkDemo, flinkDtsConnector or kafkaClient. Refused where the source does not
   * support it. Default: not declared. Source: DTS-10.
   */
  consumptionMode?: pulumi.Input<"sdkDemo" | "flinkDtsConnector" | "kafkaClient">;
  /** Engine of the instance's source, for `consumptionMode`. Default: that of the instance given as resource. */
  engine?: pulumi.Input<
    | "MySQL"
    | "PolarDBMySQL"
    | "PostgreSQL"
    | "Oracle"
    | "PolarDBOracle"
    | "PolarDBPostgreSQL"
    | "PolarDBX1"
    | "PolarDBX2"
    | "DMSLogicDB"
  >;
  /**
   * Region of the instance, for example cn-hangzhou. Default: that of the instance given as resource, else
   * the configured `changetracking:region`, else cn-hangzhou. A change replaces the group.
   */
  region?: pulumi.Input<string>;
  /** Take over what already exists under this name instead of failing. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /** Lets a delete stop foreign tasks that use the group; never disconnects a client. Default false. */
  forceUnsubscribe?: pulumi.Input<boolean>;
  /**
   * Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider.
   * Default 1800 each.
   */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** How a failed message is tried again. */
export interface RetryPolicyArgs {
  /** default (the wait grows with every retry) or fixed (the wait is intervalSeconds). Source: RMQ-4. */
  type: pulumi.Input<"default" | "fixed">;
  /**
   * Seconds between retries, with type fixed only: 10 to 1800 concurrent, 1 to 600 ordered. Only push
   * consumers go by it. Source: RMQ-5.
   */
  intervalSeconds?: pulumi.Input<number>;
  /** Retries before a message is given up, 0 to 1000. Default 16. Source: RMQ-4. */
  maxRetries?: pulumi.Input<number>;
}

/** What both versions of RocketMQ take. */
export interface RocketmqGroupArgs {
  /** Consumer group of ApsaraMQ for RocketMQ. A change replaces the group. */
  platform: "rocketmq";
  /** Id of the RocketMQ instance. A replaced group loses its position. A change replaces the group. */
  instance: pulumi.Input<string>;
  /**
   * Region of the instance, for example cn-hangzhou. Default: the configured `changetracking:region`, else
   * cn-hangzhou. A change replaces the group.
   */
  region?: pulumi.Input<string>;
  /** Take over what already exists under this name instead of failing. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /** Has no effect yet on this platform: a connected client is never disconnected. Default false. */
  forceUnsubscribe?: pulumi.Input<boolean>;
  /**
   * Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider.
   * Default 1800 each.
   */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** A consumer group of ApsaraMQ for RocketMQ 5.x, which takes delivery order and retries from the group. */
export interface Rocketmq5GroupArgs extends RocketmqGroupArgs {
  /** Version of the instance: 5.x or 4.x. A change replaces the group. */
  version: "5.x";
  /**
   * Id of the group, unique in the instance: on 5.x 1 to 60 letters, digits, _, - and %, on 4.x 2 to 64
   * letters, digits, - and _. A replaced group loses its position. Default: the resource's logical name. A
   * change replaces the group. Source: RMQ-1, RMQ-2.
   */
  name?: pulumi.Input<string>;
  /**
   * concurrent or ordered. When it is changed from ordered to concurrent, messages of one message group may
   * overtake each other from then on; from concurrent to ordered, order begins with the messages delivered
   * after the change, and a message that fails holds up those behind it. Restart consumers, which keep what
   * they were started with. Default concurrent. Changed in place. Source: RMQ-3, RMQ-7.
   */
  deliveryOrder?: pulumi.Input<"concurrent" | "ordered">;
  /** How a failed message is tried again. Default: type default, 16 retries. Changed in place. */
  retryPolicy?: pulumi.Input<RetryPolicyArgs>;
  /**
   * What becomes of a message after its last retry: "discard" or { deadLetterTopic }. Needed there. Changed
   * in place. Source: RMQ-4.
   */
  afterLastRetry: pulumi.Input<
    | "discard"
    | {
        /** A topic of the same instance. */
        deadLetterTopic: pulumi.Input<string>;
      }
  >;
  /** Remark, 1 to 128 characters. Default none. Changed in place. */
  remark?: pulumi.Input<string>;
  /** For 4.x only. */
  groupType?: never;
}

/** A consumer group of ApsaraMQ for RocketMQ 4.x, where order and retries are the client's. */
export interface Rocketmq4GroupArgs extends RocketmqGroupArgs {
  /** Version of the instance: 5.x or 4.x. A change replaces the group. */
  version: "4.x";
  /**
   * Id of the group, unique in the instance: on 5.x 1 to 60 letters, digits, _, - and %, on 4.x 2 to 64
   * letters, digits, - and _. A replaced group loses its position. Default: the resource's logical name. A
   * change replaces the group. Source: RMQ-1, RMQ-2.
   */
  name?: pulumi.Input<string>;
  /** Protocol of the consumers, tcp or http. Default tcp. A change replaces the group. */
  groupType?: pulumi.Input<"tcp" | "http">;
  /** Remark, 1 to 128 characters. Default none. A change replaces the group. */
  remark?: pulumi.Input<string>;
  /**
   * A 4.x server takes the delivery order from the client: create an ordered consumer there
   * (MessageListenerOrderly, createOrderedConsumer).
   */
  deliveryOrder?: never;
  /**
   * A 4.x server takes retries from the client: set MaxReconsumeTimes and the suspend time of the consumer
   * there.
   */
  retryPolicy?: never;
  /**
   * A 4.x server keeps dead letters of its own for each group, and their number of retries comes from the
   * client (MaxReconsumeTimes): handle them there.
   */
  afterLastRetry?: never;
}

/** A product whose messages an IoT group gets. */
export interface IotSubscriptionArgs {
  /** Key of the product whose messages the group gets. */
  productKey: pulumi.Input<string>;
  /**
   * Messages that a missing subscription is made with, of deviceData, deviceLifeCycle, deviceStatus,
   * deviceTag, deviceTopology, foundDevices, otaEvent, otaJob, otaVersion, thingHistory. A subscription that
   * was not made here keeps its own. Default deviceData.
   */
  messageTypes?: pulumi.Input<
    pulumi.Input<
      | "deviceData"
      | "deviceLifeCycle"
      | "deviceStatus"
      | "deviceTag"
      | "deviceTopology"
      | "foundDevices"
      | "otaEvent"
      | "otaJob"
      | "otaVersion"
      | "thingHistory"
    >[]
  >;
  /**
   * When this is the last group of a subscription that was not made here: refuse, or deleteSubscription.
   * Default refuse. Source: IOT-6.
   */
  whenLast?: pulumi.Input<"refuse" | "deleteSubscription">;
}

/** A consumer group of IoT Platform. */
export interface IotGroupArgs {
  /** Consumer group of IoT Platform. A change replaces the group. */
  platform: "iot";
  /** Id of the IoT Platform instance. Default: the public instance. A change replaces the group. */
  iotInstanceId?: pulumi.Input<string>;
  /**
   * Name of the group, unique in the instance, 4 to 30 wide, where a Chinese or Japanese character counts 2;
   * Chinese, Japanese, English letters, digits and _. Default: the resource's logical name. Changed in place.
   * Source: IOT-1, IOT-2, IOT-4.
   */
  name?: pulumi.Input<string>;
  /**
   * Products whose messages the group gets, as a set; changed one by one, additions first. Default none.
   * Changed in place.
   */
  subscriptions?: pulumi.Input<pulumi.Input<IotSubscriptionArgs>[]>;
  /**
   * Region of the instance, for example cn-hangzhou. Default: the configured `changetracking:region`, else
   * cn-hangzhou. A change replaces the group.
   */
  region?: pulumi.Input<string>;
  /** Take over what already exists under this name instead of failing. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /**
   * Lets a delete take the group off products that it does not declare; never disconnects a client. Default
   * false.
   */
  forceUnsubscribe?: pulumi.Input<boolean>;
  /**
   * Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider.
   * Default 1800 each.
   */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** Inputs of a `ConsumerGroup`, by platform. */
export type ConsumerGroupArgs =
  | ChangeTrackingGroupArgs
  | Rocketmq5GroupArgs
  | Rocketmq4GroupArgs
  | IotGroupArgs;
