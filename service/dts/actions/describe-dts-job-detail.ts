/*
 * DescribeDtsJobDetail, version 2020-01-01: all about one task, named by DtsJobId or by DtsInstanceID.
 * Published texts: https://help.aliyun.com/document_detail/208925.html
 * SourceEndpoint, SubscriptionDataType and Reserved are always there: clients read them without a check.
 * Not done: fields that only migrations, synchronisations and distributed tasks have.
 */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { checkpointSeconds, jobFields, sourceFields, subscriptionFields } from "../views/job.ts";
import { utcText } from "../views/time.ts";

export const describeDtsJobDetail = defineAction({
  name: "DescribeDtsJobDetail",
  kind: "read",
  summary: "Reads one task with its source, state, topic and data range.",
  partial:
    "only the fields of change tracking tasks: no DtsJobDirection, SynchronizationDirection, TaskType; no DedicatedClusterId, InitCheckpoint",
  request: z.object({ ...commonParams, DtsInstanceID: optional(text()), DtsJobId: optional(text()) }),
  handler(ctx, input) {
    const { DtsInstanceID: DtsInstanceId, ...rest } = input;
    const job = jobOf(ctx, { ...rest, DtsInstanceId });
    const { hosts, SubscribeTopic } = subscriptionFields(ctx, job);
    const { configuration } = job;
    return {
      ...jobFields(ctx, job),
      ...(job.bootedAtMs === undefined ? {} : { BootTime: utcText(job.bootedAtMs) }),
      ...(job.finishedAtMs === undefined ? {} : { FinishTime: utcText(job.finishedAtMs) }),
      Checkpoint: checkpointSeconds(ctx, job),
      DestNetType: configuration?.networkType.toLowerCase() === "classic" ? "CLASSIC" : "VPC",
      GroupId: job.resourceGroupId,
      JobType: "subscribe",
      LastUpdateTime: String(job.updatedAtMs),
      SourceEndpoint: {
        ...sourceFields(job),
        AliyunUid: configuration?.source.ownerId ?? "",
        CanModifyPassword: configuration !== undefined,
        RoleName: configuration?.source.roleName ?? "",
      },
      SubscribeTopic,
      SubscriptionDataType: { Ddl: configuration?.ddl ?? true, Dml: configuration?.dml ?? true },
      SubscriptionHost: hosts,
    };
  },
});
