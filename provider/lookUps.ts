import * as pulumi from "@pulumi/pulumi";
import type { PayType } from "../contract/limits/payment.ts";
import type { Brokers, ChangeTrackingInstance, DataRange } from "./changeTrackingInstance.ts";
import type { ConsumerGroupStatus } from "./consumerGroup.ts";
import { idOf, type Reference } from "./identity.ts";

/** Finds an instance by `instanceId`, or by `name` when only one has it. */
export interface GetChangeTrackingInstanceArgs {
  instanceId?: pulumi.Input<string>;
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

/** Finds a group of an instance by `groupId` or by `name`. */
export interface GetConsumerGroupArgs {
  /** The instance, as resource or id. */
  instance: Reference<ChangeTrackingInstance>;
  groupId?: pulumi.Input<string>;
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

/** Reads a group that this program does not manage. Fails with `NotFound` when there is none. */
export function getConsumerGroup(args: GetConsumerGroupArgs): pulumi.Output<GetConsumerGroupResult> {
  return pulumi.output({ ...args, instance: idOf(args.instance) }).apply(async (query) => {
    const runtime = await import("pulumi-change-tracking/runtime");
    return runtime.lookUpGroup(pulumi.runtime.getConfig, query);
  });
}
