import { groupActivity } from "../../core/kit/activity.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group, Job } from "../entities.ts";
import { checkpointSeconds, rangeFields, subscriptionFields } from "./job.ts";

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

/** What one group needs to read a task. */
export function subscriptionMetaFields(kernel: Kernel, job: Job, group: Group) {
  const { hosts, SubscribeTopic } = subscriptionFields(kernel, job);
  const { consumedUntilMs, lastConsumedAtMs } = groupActivity(kernel, "dts", group.groupId);
  const lastMs = consumedUntilMs ?? lastConsumedAtMs;
  const consumed = lastMs === undefined ? job.consumptionCheckpointSeconds : Math.floor(lastMs / 1000);
  return {
    Checkpoint: consumed ?? checkpointSeconds(kernel, job),
    DBList: job.configuration?.objects ?? "{}",
    DProxyUrl: hosts.PublicHost,
    Sid: group.groupId,
    Topic: SubscribeTopic,
  };
}

/** The objects of a job as the older answers show them. */
function synchronousObjects(objects: string | undefined) {
  const databases = JSON.parse(objects ?? "{}") as Record<string, { all?: boolean; Table?: object } | null>;
  return Object.entries(databases).map(([DatabaseName, entry]) => {
    const tables = Object.keys(entry?.Table ?? {});
    return {
      DatabaseName,
      TableList: { Table: tables },
      WholeDatabase: String(entry?.all ?? tables.length === 0),
    };
  });
}
