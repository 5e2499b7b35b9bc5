import { describeDtsJobDetail as published } from "../../../contract/dts/job-reads.ts";
import { defineAction } from "../../core/kit/action.ts";
import { captureStanding } from "../engine/standing.ts";
import { jobOf } from "../job-of.ts";
import { checkpointSeconds, delayField, jobFields, sourceFields, subscriptionFields } from "../views/job.ts";
import { utcText } from "../views/time.ts";

export const describeDtsJobDetail = defineAction(published, (ctx, input) => {
  const { DtsInstanceID: DtsInstanceId, ...rest } = input;
  const job = jobOf(ctx, { ...rest, DtsInstanceId });
  const { hosts, SubscribeTopic } = subscriptionFields(ctx, job);
  const { configuration } = job;
  const { place } = captureStanding(ctx, job);
  return {
    ...jobFields(ctx, job),
    ...delayField(ctx, job, 1),
    ...(place && { BinlogSite: place.text }),
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
});
