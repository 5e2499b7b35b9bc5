import type { Kernel } from "../../core/kernel.ts";
import type { Job } from "../entities.ts";
import { synchronousObjects } from "../subscription-object.ts";
import { rangeFields, subscriptionFields } from "./job.ts";

/** An instance as both older answers show it; there DDL, DML and VPCHost are in capitals. */
export function subscriptionInstanceFields(kernel: Kernel, job: Job) {
  const { configuration } = job;
  const { hosts, SubscribeTopic } = subscriptionFields(kernel, job);
  return {
    ...rangeFields(kernel, job),
    ...(job.errorMessage === undefined ? {} : { ErrorMessage: job.errorMessage }),
    PayType: job.payType,
    SourceEndpoint: {
      InstanceID: configuration?.source.instanceId ?? "",
      InstanceType: configuration?.source.instanceType ?? "",
    },
    Status: job.status,
    SubscribeTopic,
    SubscriptionDataType: { DDL: configuration?.ddl ?? true, DML: configuration?.dml ?? true },
    SubscriptionHost: {
      PrivateHost: hosts.PrivateHost,
      PublicHost: hosts.PublicHost,
      VPCHost: hosts.VpcHost,
    },
    SubscriptionInstanceID: job.instanceId,
    SubscriptionInstanceName: job.name,
    SubscriptionObject: { SynchronousObject: synchronousObjects(configuration?.objects) },
  };
}
