import { configureSubscriptionInstance as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { configureJob } from "../engine/configure.ts";
import { subscriptionOf } from "../job-of.ts";

export const configureSubscriptionInstance = defineAction(published, (ctx, input) => {
  const job = subscriptionOf(ctx, input);
  const { SourceEndpoint: source, SubscriptionInstance: network } = input;
  configureJob(
    ctx,
    job.jobId,
    {
      name: input.SubscriptionInstanceName,
      password: source.Password,
      source: {
        engineName: job.engineName,
        instanceType: source.InstanceType ?? "",
        instanceId: source.InstanceID,
        host: source.IP ?? "",
        port: source.Port === undefined ? "" : String(source.Port),
        databaseName: source.DatabaseName,
        userName: source.UserName,
        region: job.sourceRegion,
        oracleSid: source.OracleSID,
        ownerId: source.OwnerID,
        roleName: source.Role,
      },
      objects: input.SubscriptionObject,
      ddl: input.SubscriptionDataType.DDL,
      dml: input.SubscriptionDataType.DML,
      networkType: input.SubscriptionInstanceNetworkType,
      vpcId: network.VPCId,
      vSwitchId: network.VSwitchId,
      reserved: "{}",
    },
    {
      host: "SourceEndpoint.IP",
      port: "SourceEndpoint.Port",
      instanceId: "SourceEndpoint.InstanceID",
      dml: "SubscriptionDataType.DML",
    },
  );
  return {};
});
