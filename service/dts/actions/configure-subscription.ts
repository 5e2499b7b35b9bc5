import type { InputOf } from "../../../contract/action.ts";
import { configureSubscription as published } from "../../../contract/dts/job-configuration.ts";
import { defineAction } from "../../core/kit/action.ts";
import { configureJob } from "../engine/configure.ts";
import { jobOf } from "../job-of.ts";

export const configureSubscription = defineAction(published, (ctx, input) => {
  const job = jobOf(ctx, input);
  configureJob(
    ctx,
    job.jobId,
    {
      name: input.DtsJobName,
      password: input.SourceEndpointPassword,
      source: {
        engineName: input.SourceEndpointEngineName ?? job.engineName,
        instanceType: input.SourceEndpointInstanceType ?? "",
        instanceId: input.SourceEndpointInstanceID,
        host: input.SourceEndpointIP ?? "",
        port: input.SourceEndpointPort === undefined ? "" : String(input.SourceEndpointPort),
        databaseName: input.SourceEndpointDatabaseName,
        userName: input.SourceEndpointUserName,
        region: input.SourceEndpointRegion ?? job.sourceRegion,
        oracleSid: input.SourceEndpointOracleSID,
        ownerId: input.SourceEndpointOwnerID,
        roleName: input.SourceEndpointRole,
      },
      objects: input.DbList,
      ddl: input.SubscriptionDataTypeDDL,
      dml: input.SubscriptionDataTypeDML,
      networkType: input.SubscriptionInstanceNetworkType,
      vpcId: input.SubscriptionInstanceVPCId,
      vSwitchId: input.SubscriptionInstanceVSwitchId,
      reserved: input.Reserve,
      ...(input.Checkpoint === undefined ? {} : { startAtSeconds: input.Checkpoint }),
      rules: rulesOf(input),
    },
    {
      host: "SourceEndpointIP",
      port: "SourceEndpointPort",
      instanceId: "SourceEndpointInstanceID",
      dml: "SubscriptionDataTypeDML",
    },
  );
  return { DtsInstanceId: job.instanceId, DtsJobId: job.jobId };
});

/** The alert rules that may come along; the same as CreateJobMonitorRule makes. */
function rulesOf(input: InputOf<typeof published>) {
  const delay = {
    type: "delay",
    state: "Y" as const,
    phone: input.DelayPhone,
    delaySeconds: input.DelayRuleTime,
  };
  const error = { type: "error", state: "Y" as const, phone: input.ErrorPhone };
  return [...(input.DelayNotice ? [delay] : []), ...(input.ErrorNotice ? [error] : [])];
}
