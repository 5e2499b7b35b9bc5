/*
 * ConfigureSubscription, version 2020-01-01: says what a task tracks and from where.
 * Published texts: https://help.aliyun.com/document_detail/264101.html
 * Not done: dedicated clusters, DU limits, certificates; sources of other accounts are stored, not assumed.
 */
import { z } from "zod";
import {
  epochSeconds,
  jobParams,
  objectsText,
  reservedText,
  trueByDefault,
} from "../../../contract/dts/params.ts";
import { holds, needs } from "../../../contract/limits/condition.ts";
import { instanceName } from "../../../contract/limits/dts.ts";
import {
  environmentLabel,
  networkConditions,
  phoneNumbers,
  trackingNetworkType,
} from "../../../contract/limits/dts-task.ts";
import { flag, integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { configureJob } from "../engine/configure.ts";
import { jobOf } from "../job-of.ts";
import { networkFields, sourceFields } from "../source-params.ts";

const phones = withDefault(text(phoneNumbers), "");

const fields = z.object({
  ...jobParams,
  DbList: text(objectsText),
  DtsJobName: text(instanceName),
  SubscriptionInstanceNetworkType: text(trackingNetworkType),
  SubscriptionInstanceVPCId: networkFields.VPCId,
  SubscriptionInstanceVSwitchId: networkFields.VSwitchId,
  SubscriptionDataTypeDDL: trueByDefault,
  SubscriptionDataTypeDML: trueByDefault,
  Checkpoint: optional(epochSeconds),
  Reserve: withDefault(text(reservedText), "{}"),
  SourceEndpointDatabaseName: sourceFields.DatabaseName,
  SourceEndpointEngineName: sourceFields.EngineName,
  SourceEndpointIP: sourceFields.IP,
  SourceEndpointPort: sourceFields.Port,
  SourceEndpointInstanceID: sourceFields.InstanceID,
  SourceEndpointInstanceType: sourceFields.InstanceType,
  SourceEndpointOracleSID: sourceFields.OracleSID,
  SourceEndpointOwnerID: sourceFields.OwnerID,
  SourceEndpointRole: sourceFields.Role,
  SourceEndpointRegion: optional(text()),
  SourceEndpointUserName: sourceFields.UserName,
  SourceEndpointPassword: sourceFields.Password,
  DelayNotice: optional(flag()),
  DelayPhone: phones,
  DelayRuleTime: optional(integer({ min: 0 })),
  ErrorNotice: optional(flag()),
  ErrorPhone: phones,
  DtsBisLabel: optional(environmentLabel),
});

const request = fields.superRefine(
  holds((input) => [
    ...networkConditions(
      input.SubscriptionInstanceNetworkType,
      { vpcId: input.SubscriptionInstanceVPCId, vSwitchId: input.SubscriptionInstanceVSwitchId },
      { vpcId: ["SubscriptionInstanceVPCId"], vSwitchId: ["SubscriptionInstanceVSwitchId"] },
    ),
    needs(input.DelayNotice === true, input.DelayRuleTime, ["DelayRuleTime"], "with DelayNotice true"),
  ]),
);

export const configureSubscription = defineAction({
  name: "ConfigureSubscription",
  kind: "write",
  summary: "Sets what a task tracks and from where.",
  partial: "Dedicated clusters, DU limits and certificates are ignored.",
  request,
  handler(ctx, input) {
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
  },
});

/** The alert rules that may come along; the same as CreateJobMonitorRule makes. */
function rulesOf(input: z.output<typeof request>) {
  const delay = {
    type: "delay",
    state: "Y" as const,
    phone: input.DelayPhone,
    delaySeconds: input.DelayRuleTime,
  };
  const error = { type: "error", state: "Y" as const, phone: input.ErrorPhone };
  return [...(input.DelayNotice ? [delay] : []), ...(input.ErrorNotice ? [error] : [])];
}
