import { expect } from "vitest";
import { declaredSource, OBJECTS, PASSWORD } from "../../dts/support/service.ts";
import { until } from "../../dts/support/wait.ts";

export type Answer = Record<string, unknown>;
/** Calls an action with flat texts, as they are on the wire. Rejects on a failure. */
export type Do = (action: string, params?: Record<string, string>) => Promise<Answer>;

const tagged = { ResourceType: "ALIYUN::DTS::INSTANCE" };

/** Two instances from purchase to release: every action that is served, in an order in which each succeeds. */
export async function wholeLife(call: Do): Promise<void> {
  await newerFamily(call);
  await olderFamily(call);
  const { JobId } = await call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  await call("DeleteDtsJobs", { DtsJobIds: String(JobId) });
}

async function newerFamily(call: Do): Promise<void> {
  const bought = await call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  const DtsInstanceId = String(bought.InstanceId);
  const DtsJobId = String(bought.JobId);
  const one = { DtsInstanceId, DtsJobId };
  const normal = () =>
    until(
      () => call("DescribeDtsJobDetail", { DtsJobId }),
      (detail) => detail.Status === "Normal",
    );
  await call("ConfigureSubscription", {
    ...one,
    DtsJobName: "orders",
    DbList: OBJECTS,
    SubscriptionInstanceNetworkType: "vpc",
    SubscriptionInstanceVPCId: "vpc-1",
    SubscriptionInstanceVSwitchId: "vsw-1",
    ...declaredSource,
    DelayNotice: "True",
    DelayRuleTime: "11",
  });
  await call("StartDtsJob", one);
  await normal();
  await call("DescribeDtsJobs", { JobType: "SUBSCRIBE" });
  await call("DescribeDtsInstanceDetail", { DtsInstanceId });
  await call("DescribeDtsInstances", { PageNum: "1", PageSize: "50" });
  await call("ConvertInstanceResourceGroup", { ResourceId: DtsInstanceId, NewResourceGroupId: "rg-2" });
  await call("ModifyDtsJobName", { ...one, DtsJobName: "renamed" });
  await call("TagResources", {
    ...tagged,
    "ResourceId.1": DtsInstanceId,
    "Tag.1.Key": "a",
    "Tag.1.Value": "1",
  });
  await call("ListTagResources", { ...tagged, "ResourceId.1": DtsInstanceId });
  expect(await call("DescribeTagKeys", { ResourceId: DtsInstanceId })).toMatchObject({ TagKeys: ["a"] });
  expect(await call("DescribeTagValues", { ResourceId: DtsInstanceId, Key: "a" })).toMatchObject({
    TagValues: ["1"],
    TotalCount: 1,
  });
  const renamed = { Region: "cn-hangzhou", Type: "instance", Params: DtsInstanceId };
  expect(await call("CountJobByCondition", renamed)).toMatchObject({ TotalRecordCount: 1 });
  expect(await call("CountJobByCondition", { ...renamed, Status: "Failed" })).toMatchObject({
    TotalRecordCount: 0,
  });
  await call("UntagResources", { ...tagged, "ResourceId.1": DtsInstanceId, "TagKey.1": "a" });
  await call("CreateJobMonitorRule", { DtsJobId, Type: "error", State: "Y" });
  await call("DescribeJobMonitorRule", { DtsJobId });
  await looks(call, one);
  await groups(call, DtsInstanceId);
  await call("ModifyDtsJobPassword", { DtsJobId, Endpoint: "src", UserName: "reader", Password: "new" });
  await call("ModifySubscription", {
    ...one,
    DbList: OBJECTS,
    SubscriptionDataTypeDDL: "true",
    SubscriptionDataTypeDML: "false",
  });
  await normal();
  await call("ModifyDtsJob", { DtsInstanceId, DbList: OBJECTS });
  await normal();
  await call("TransferPayType", { DtsJobId, ChargeType: "PrePaid", Period: "Month", BuyCount: "1" });
  await call("RenewInstance", { DtsJobId, ChargeType: "PREPAY", Period: "Month", BuyCount: "1" });
  await call("TransferPayType", { DtsJobId, ChargeType: "PostPaid" });
  await call("SuspendDtsJob", one);
  await call("StartDtsJobs", { DtsJobIds: DtsJobId });
  await normal();
  await call("SuspendDtsJobs", { DtsJobIds: DtsJobId });
  await call("StopDtsJobs", { DtsJobIds: DtsJobId });
  await call("ResetDtsJob", one);
  await call("DeleteDtsJob", one);
}

/** What can be asked of a running task and of addresses. */
async function looks(call: Do, one: { DtsInstanceId: string; DtsJobId: string }): Promise<void> {
  const alert = { MigrationJobId: one.DtsInstanceId };
  expect(await call("DescribeMigrationJobAlert", alert)).toMatchObject({
    DelayAlertStatus: "enable",
    DelayOverSeconds: "11",
    ErrorAlertStatus: "enable",
    MigrationJobName: "renamed",
  });
  expect(await call("SummaryJobDetail", { ...one, JobCode: "02" })).toMatchObject({
    JobId: one.DtsJobId,
    ProgressSummaryDetails: [],
  });
  const log = await call("DescribeDtsServiceLog", { DtsJobId: one.DtsJobId, Status: "NORMAL,ERROR" });
  expect(log.ServiceLogContexts).toContainEqual(
    expect.objectContaining({ Context: "The task became Normal for the first time.", State: "NORMAL" }),
  );
  const ends = {
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: "1",
    DestinationEndpointInstanceType: "RDS",
    DestinationEndpointInstanceID: "rm-9",
  };
  expect(await call("DescribeConnectionStatus", ends)).toMatchObject({
    SourceConnectionStatus: {
      connectRes: false,
      connectDetail: [{ testName: "Telnet", testSuccess: false }],
    },
    DestinationConnectionStatus: { connectRes: false, connectDetail: [] },
  });
}

async function groups(call: Do, DtsInstanceId: string): Promise<void> {
  const made = await call("CreateConsumerChannel", {
    DtsInstanceId,
    ConsumerGroupName: "billing",
    ConsumerGroupUserName: "billing_1",
    ConsumerGroupPassword: PASSWORD,
  });
  const ConsumerGroupId = String(made.ConsumerGroupID);
  await call("DescribeConsumerChannel", { DtsInstanceId });
  const read = { Sid: ConsumerGroupId, SubMigrationJobIds: DtsInstanceId.slice(3) };
  expect(await call("DescribeSubscriptionMeta", read)).toMatchObject({
    SubscriptionMetaList: [{ Sid: ConsumerGroupId, DBList: OBJECTS, Checkpoint: expect.any(Number) }],
  });
  expect(await call("DescribeSubscriptionMeta", { ...read, SubMigrationJobIds: '{"a":"b"}' })).toMatchObject({
    SubscriptionMetaList: [],
  });
  await call("ModifyConsumerChannel", { DtsInstanceId, ConsumerGroupId, ConsumerGroupName: "bills" });
  await call("DeleteConsumerChannel", { DtsInstanceId, ConsumerGroupId });
}

async function olderFamily(call: Do): Promise<void> {
  const bought = await call("CreateSubscriptionInstance", { Region: "cn-hangzhou", PayType: "Postpaid" });
  const SubscriptionInstanceId = String(bought.SubscriptionInstanceId);
  const DtsJobId = SubscriptionInstanceId.slice(3);
  await call("ConfigureSubscriptionInstance", {
    SubscriptionInstanceId,
    SubscriptionObject: '[{"DBName":"shop"}]',
    SubscriptionInstanceNetworkType: "vpc",
    "SubscriptionInstance.VPCId": "vpc-1",
    "SubscriptionInstance.VSwitchId": "vsw-1",
    "SubscriptionDataType.DDL": "true",
    "SubscriptionDataType.DML": "true",
    "SourceEndpoint.InstanceType": "RDS",
    "SourceEndpoint.InstanceID": "rm-2",
  });
  await call("StartSubscriptionInstance", { SubscriptionInstanceId });
  const status = await until(
    () => call("DescribeSubscriptionInstanceStatus", { SubscriptionInstanceId }),
    (now) => now.Status === "Normal",
  );
  await call("DescribeSubscriptionInstances");
  const group = {
    SubscriptionInstanceId,
    ConsumerGroupName: "old",
    ConsumerGroupUserName: "old_1",
    ConsumerGroupPassword: PASSWORD,
  };
  const { ConsumerGroupID } = await call("CreateConsumerGroup", group);
  const named = { SubscriptionInstanceId, ConsumerGroupID: String(ConsumerGroupID) };
  await call("DescribeConsumerGroup", { SubscriptionInstanceId });
  await call("ModifyConsumerGroupPassword", {
    ...group,
    ...named,
    consumerGroupNewPassword: "Other-word-1",
  });
  await call("DeleteConsumerGroup", named);
  await call("ModifyConsumptionTimestamp", {
    SubscriptionInstanceId,
    ConsumptionTimestamp: String(status.BeginTimestamp),
  });
  await call("ModifySubscriptionObject", {
    SubscriptionInstanceId,
    SubscriptionObject: '[{"DBName":"shop","TableIncludes":[{"TableName":"orders"}]}]',
  });
  await until(
    () => call("DescribeSubscriptionInstanceStatus", { SubscriptionInstanceId }),
    (now) => now.Status === "Normal",
  );
  await call("StopDtsJob", { DtsJobId });
  await call("DeleteSubscriptionInstance", { SubscriptionInstanceId });
}
