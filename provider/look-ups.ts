import * as pulumi from "@pulumi/pulumi";
import type { IotSubscriptionArgs } from "./args/consumer-group.ts";
import type { Brokers, ChangeTrackingInstance, DataRange, PayType } from "./change-tracking-instance.ts";
import type { ConsumerGroupConnection, ConsumerGroupStatus } from "./consumer-group.ts";
import { idOf, type Reference } from "./identity.ts";

/** Finds an instance by `instanceId`, or by `name` when only one has it. */
export interface GetChangeTrackingInstanceArgs {
  /** Id of the instance; needed where several have the name. */
  instanceId?: pulumi.Input<string>;
  /** Name of the instance. */
  name?: pulumi.Input<string>;
  /** Default: `changetracking:region`, else cn-hangzhou. */
  region?: pulumi.Input<string>;
}

export interface GetChangeTrackingInstanceResult {
  readonly instanceId: string;
  readonly jobId: string;
  readonly name: string;
  readonly region: string;
  readonly status: string;
  readonly payType?: PayType | undefined;
  readonly topic: string;
  readonly brokers: Brokers;
  readonly dataRange: DataRange;
  /** Tracked tables by database; missing while nothing is configured. */
  readonly objects?: Readonly<Record<string, { readonly tables?: readonly string[] | "all" }>> | undefined;
  readonly dataTypes: { readonly dml: boolean; readonly ddl: boolean };
  readonly tags: Readonly<Record<string, string>>;
}

/** Finds a group of a change tracking instance by `groupId` or by `name`. */
export interface GetConsumerGroupArgs {
  /** A group of change tracking; may be left out. */
  platform?: "changeTracking";
  /** The instance, as resource or id. */
  instance: Reference<ChangeTrackingInstance>;
  /** Id of the group; this or the name is needed. */
  groupId?: pulumi.Input<string>;
  /** Name of the group. */
  name?: pulumi.Input<string>;
  /** Default: `changetracking:region`, else cn-hangzhou. */
  region?: pulumi.Input<string>;
}

/** Finds a group of a RocketMQ instance by its name, which is its id. */
export interface GetRocketmqGroupArgs {
  /** A group of ApsaraMQ for RocketMQ. */
  platform: "rocketmq";
  /** Id of the RocketMQ instance. */
  instance: pulumi.Input<string>;
  /** Version of the instance. */
  version: "5.x" | "4.x";
  /** Name of the group. */
  name: pulumi.Input<string>;
  /** Default: `changetracking:region`, else cn-hangzhou. */
  region?: pulumi.Input<string>;
}

/** Finds a group of IoT Platform by `groupId` or by `name`. */
export interface GetIotGroupArgs {
  /** A group of IoT Platform. */
  platform: "iot";
  /** Default: the public instance. */
  iotInstanceId?: pulumi.Input<string>;
  /** Id of the group; this or the name is needed. */
  groupId?: pulumi.Input<string>;
  /** Name of the group. */
  name?: pulumi.Input<string>;
  /** Default: `changetracking:region`, else cn-hangzhou. */
  region?: pulumi.Input<string>;
}

export interface GetConsumerGroupResult {
  readonly groupId: string;
  readonly name: string;
  readonly account: string;
  readonly instance: string;
  readonly region: string;
  readonly status: ConsumerGroupStatus;
}

/** Reads an instance that this program does not manage. Fails with `NotFound` when there is none. */
export function getChangeTrackingInstance(
  args: GetChangeTrackingInstanceArgs,
): pulumi.Output<GetChangeTrackingInstanceResult> {
  return pulumi.output({ ...args }).apply(async (query) => {
    const runtime = await import("pulumi-change-tracking/runtime");
    return runtime.lookUpInstance(pulumi.runtime.getConfig, query);
  });
}

/** What is told of a group of RocketMQ. */
export interface GetRocketmqGroupResult {
  readonly groupId: string;
  readonly name: string;
  readonly instance: string;
  readonly region: string;
  readonly version: "5.x" | "4.x";
  /** 5.x only. */
  readonly deliveryOrder?: "concurrent" | "ordered";
  /** 5.x only. */
  readonly afterLastRetry?: "discard" | { readonly deadLetterTopic: string };
  readonly status: ConsumerGroupStatus;
  readonly connection?: ConsumerGroupConnection;
}

/** What is told of a group of IoT Platform. */
export interface GetIotGroupResult {
  readonly groupId: string;
  readonly name: string;
  readonly iotInstanceId?: string;
  readonly region: string;
  /** Products whose messages the group gets; missing when there are none. */
  readonly subscriptions?: readonly {
    readonly productKey: string;
    readonly messageTypes: Readonly<pulumi.Unwrap<NonNullable<IotSubscriptionArgs["messageTypes"]>>>;
  }[];
  readonly status: ConsumerGroupStatus;
  readonly connection: ConsumerGroupConnection;
}

/** Reads a group that this program does not manage. Fails with `NotFound` when there is none. */
export function getConsumerGroup(args: GetConsumerGroupArgs): pulumi.Output<GetConsumerGroupResult>;
/** Reads a group of RocketMQ that this program does not manage. Fails with `NotFound` when there is none. */
export function getConsumerGroup(args: GetRocketmqGroupArgs): pulumi.Output<GetRocketmqGroupResult>;
/** Reads a group of IoT Platform that this program does not manage. Fails with `NotFound` when there is none. */
export function getConsumerGroup(args: GetIotGroupArgs): pulumi.Output<GetIotGroupResult>;
export function getConsumerGroup(
  args: GetConsumerGroupArgs | GetRocketmqGroupArgs | GetIotGroupArgs,
): pulumi.Output<unknown> {
  const instance = "instance" in args && args.instance !== undefined ? idOf(args.instance) : undefined;
  return pulumi.output({ ...args, instance }).apply(async (query) => {
    const runtime = await import("pulumi-change-tracking/runtime");
    return runtime.lookUpGroup(pulumi.runtime.getConfig, query);
  });
}
