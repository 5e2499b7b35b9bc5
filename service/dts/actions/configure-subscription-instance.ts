/*
 * ConfigureSubscriptionInstance, version 2020-01-01, older family: what an instance tracks and from where.
 * Published texts: https://www.alibabacloud.com/help/en/data-transmission-service/latest/subscriptionobjects
 * Not done: TableExcludes, which is refused.
 */
import { z } from "zod";
import { subscriptionParams, trueByDefault } from "../../../contract/dts/params.ts";
import { holds } from "../../../contract/limits/condition.ts";
import { instanceName } from "../../../contract/limits/dts.ts";
import { networkConditions, trackingNetworkType } from "../../../contract/limits/dts-task.ts";
import { optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { configureJob } from "../engine/configure.ts";
import { subscriptionOf } from "../job-of.ts";
import { networkFields, sourceFields } from "../source-params.ts";
import { subscriptionObject } from "../subscription-object.ts";

const fields = z.object({
  ...subscriptionParams,
  SubscriptionInstanceName: optional(text(instanceName)),
  SubscriptionInstanceNetworkType: withDefault(text(trackingNetworkType), "classic"),
  SubscriptionObject: subscriptionObject,
  SubscriptionDataType: z
    .object({ DDL: trueByDefault, DML: trueByDefault })
    .default({ DDL: true, DML: true }),
  SubscriptionInstance: z.object(networkFields).default({ VPCId: "", VSwitchId: "" }),
  SourceEndpoint: z.object(sourceFields).prefault({}),
});

const request = fields.superRefine(
  holds(({ SubscriptionInstanceNetworkType: type, SubscriptionInstance: network }) =>
    networkConditions(
      type,
      { vpcId: network.VPCId, vSwitchId: network.VSwitchId },
      { vpcId: ["SubscriptionInstance", "VPCId"], vSwitchId: ["SubscriptionInstance", "VSwitchId"] },
    ),
  ),
);

export const configureSubscriptionInstance = defineAction({
  name: "ConfigureSubscriptionInstance",
  kind: "write",
  summary: "Older family: sets what an instance tracks and from where.",
  partial: "TableExcludes is refused.",
  request,
  handler(ctx, input) {
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
  },
});
