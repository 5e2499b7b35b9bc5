import type * as pulumi from "@pulumi/pulumi";
import type { ConsumptionMode, EngineName } from "../contract/limits/engines.ts";
import type { MessageTypeName } from "../contract/limits/iot.ts";
import type { ChangeTrackingInstance } from "./change-tracking-instance.ts";
import type { Reference } from "./identity.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** What groups of every platform take. */
export interface GroupArgs {
  /** Take over the group of this name instead of failing when there is one. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /** Bounds on waiting. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** A consumer group of a change tracking instance. */
export interface ChangeTrackingGroupArgs extends GroupArgs {
  platform: "changeTracking";
  /** The instance, as resource or id. At most 20 groups each. A change replaces the group, which loses its offset. */
  instance: Reference<ChangeTrackingInstance>;
  /** 1 to 128 characters, unique in the instance. Default: the logical name. Changed in place. */
  name?: pulumi.Input<string>;
  /** 1 to 16 of `A-Z a-z 0-9 _`, unique in the instance. Changed in place. */
  account: pulumi.Input<string>;
  /** 8 to 32 printable ASCII characters of at least two kinds; kept as a secret. Changed in place. */
  password: pulumi.Input<string>;
  /** How the data will be read; refused when the source does not support it. Default: not declared. */
  consumptionMode?: pulumi.Input<ConsumptionMode>;
  /** Engine of the instance's source, for `consumptionMode`. Default: that of the instance given as resource. */
  engine?: pulumi.Input<EngineName>;
  /** Region of the instance. Default: that of the instance given as resource, else `changetracking:region`. */
  region?: pulumi.Input<string>;
  /** Lets a delete stop foreign tasks that use the group; never disconnects a client. Default false. */
  forceUnsubscribe?: pulumi.Input<boolean>;
}

/** What both versions of RocketMQ take. */
export interface RocketmqGroupArgs extends GroupArgs {
  platform: "rocketmq";
  /** Id of the RocketMQ instance. A change replaces the group, which loses its position. */
  instance: pulumi.Input<string>;
  /** Region of the instance. Default: `changetracking:region`. */
  region?: pulumi.Input<string>;
  /** Has no effect yet on this platform: a connected client is never disconnected. Default false. */
  forceUnsubscribe?: pulumi.Input<boolean>;
}

/** How a failed message is tried again. */
export interface RetryPolicyArgs {
  /** `default`: the wait grows with every retry. `fixed`: the wait is `intervalSeconds`. */
  type: pulumi.Input<"default" | "fixed">;
  /** Seconds, with type `fixed` only: 10 to 1800 concurrent, 1 to 600 ordered. Only push consumers go by it. */
  intervalSeconds?: pulumi.Input<number>;
  /** Retries before a message is given up, 0 to 1000. Default 16. */
  maxRetries?: pulumi.Input<number>;
}

/** A consumer group of ApsaraMQ for RocketMQ 5.x, which takes delivery order and retries from the group. */
export interface Rocketmq5GroupArgs extends RocketmqGroupArgs {
  version: "5.x";
  /** 1 to 60 letters, digits, `_`, `-` and `%`, unique in the instance. Default: the logical name. A change replaces the group. */
  name?: pulumi.Input<string>;
  /**
   * Default `concurrent`. Changed in place. From ordered to concurrent, messages of one message group may overtake
   * each other from then on. From concurrent to ordered, order begins with the messages delivered after the change,
   * and a message that fails holds up those behind it. Restart consumers: they keep what they were started with.
   */
  deliveryOrder?: pulumi.Input<"concurrent" | "ordered">;
  /** Default: type `default`, 16 retries. Changed in place. */
  retryPolicy?: pulumi.Input<RetryPolicyArgs>;
  /** What becomes of a message after its last retry. Changed in place. */
  afterLastRetry: pulumi.Input<"discard" | { deadLetterTopic: pulumi.Input<string> }>;
  /** 1 to 128 characters. Default none. Changed in place. */
  remark?: pulumi.Input<string>;
  groupType?: never;
}

/** A consumer group of ApsaraMQ for RocketMQ 4.x, where order and retries are the client's. */
export interface Rocketmq4GroupArgs extends RocketmqGroupArgs {
  version: "4.x";
  /** 2 to 64 letters, digits, `-` and `_`, unique in the instance. Default: the logical name. A change replaces the group. */
  name?: pulumi.Input<string>;
  /** Protocol of the consumers. Default `tcp`. A change replaces the group. */
  groupType?: pulumi.Input<"tcp" | "http">;
  /** 1 to 128 characters. Default none. A change replaces the group: the API has no update. */
  remark?: pulumi.Input<string>;
  /** Set in the client: create an ordered consumer there. */
  deliveryOrder?: never;
  /** Set in the client: MaxReconsumeTimes and the suspend time. */
  retryPolicy?: never;
  /** A 4.x server keeps dead letters of its own for each group. */
  afterLastRetry?: never;
}

/** A product whose messages an IoT group gets. */
export interface IotSubscriptionArgs {
  productKey: pulumi.Input<string>;
  /** Messages that a missing subscription is made with; one that others have made keeps its own. Default `deviceData`. */
  messageTypes?: pulumi.Input<pulumi.Input<MessageTypeName>[]>;
  /** When this is the last group of a subscription that was not made here. Default `refuse`. */
  whenLast?: pulumi.Input<"refuse" | "deleteSubscription">;
}

/** A consumer group of IoT Platform. */
export interface IotGroupArgs extends GroupArgs {
  platform: "iot";
  /** Id of the IoT Platform instance. Default: the public instance. A change replaces the group. */
  iotInstanceId?: pulumi.Input<string>;
  /**
   * 4 to 30 wide, a Chinese or Japanese character counting 2; Chinese, Japanese, English letters, digits and `_`;
   * unique in the instance. Default: the logical name. Changed in place.
   */
  name?: pulumi.Input<string>;
  /** A set: changed in place, product by product, additions first. Default none. */
  subscriptions?: pulumi.Input<pulumi.Input<IotSubscriptionArgs>[]>;
  /** Region of the instance. Default: `changetracking:region`. */
  region?: pulumi.Input<string>;
  /** Lets a delete take the group off products that it does not declare; never disconnects a client. Default false. */
  forceUnsubscribe?: pulumi.Input<boolean>;
}

/** Inputs of a `ConsumerGroup`, by platform. */
export type ConsumerGroupArgs =
  | ChangeTrackingGroupArgs
  | Rocketmq5GroupArgs
  | Rocketmq4GroupArgs
  | IotGroupArgs;

/** What `ConsumerGroup.get` needs to find a group beside its id. */
export type ConsumerGroupState =
  | Pick<ChangeTrackingGroupArgs, "platform" | "instance" | "region">
  | (Pick<RocketmqGroupArgs, "platform" | "instance" | "region"> & { version: "5.x" | "4.x" })
  | Pick<IotGroupArgs, "platform" | "iotInstanceId" | "region">;
