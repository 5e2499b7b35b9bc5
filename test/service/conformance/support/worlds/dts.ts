import { declaredSource, OBJECTS, PASSWORD } from "../../../dts/support/service.ts";
import { until } from "../../../dts/support/wait.ts";
import { type Ask, manyTags } from "./ask.ts";

const configured = {
  DtsJobName: "orders",
  DbList: OBJECTS,
  SubscriptionInstanceNetworkType: "vpc",
  SubscriptionInstanceVPCId: "vpc-1",
  SubscriptionInstanceVSwitchId: "vsw-1",
};

/** A task that runs, with all that it can have; and one whose precheck fails. */
export async function dtsWorld(ask: Ask): Promise<void> {
  const order = {
    Type: "SUBSCRIBE",
    PayType: "PrePaid",
    Period: "Month",
    UsedTime: 1,
    InstanceClass: "large",
  };
  const bought = await ask("CreateDtsInstance", { ...order, SourceEndpointEngineName: "MySQL" });
  const one = { DtsInstanceId: String(bought.InstanceId), DtsJobId: String(bought.JobId) };
  const isNow = (DtsJobId: string, wanted: string) =>
    until(
      () => ask("DescribeDtsJobDetail", { DtsJobId }),
      ({ Status }) => Status === wanted,
    );
  await ask("ConfigureSubscription", { ...one, ...configured, ...declaredSource });
  await ask("StartDtsJob", one);
  const { BeginTimestamp } = await isNow(one.DtsJobId, "Normal");
  const tags = { ResourceType: "ALIYUN::DTS::INSTANCE", ResourceId: [one.DtsInstanceId] };
  await ask("TagResources", { ...tags, Tag: [{ Key: "a", Value: "1" }] });
  await ask("CreateJobMonitorRule", { DtsJobId: one.DtsJobId, Type: "error", Period: 1, Times: 1 });
  const delay = { Type: "delay", DelayRuleTime: 9, NoticeValue: 9, Phone: "1" };
  await ask("CreateJobMonitorRule", { DtsJobId: one.DtsJobId, ...delay });
  await ask("ModifyConsumptionTimestamp", {
    SubscriptionInstanceId: one.DtsInstanceId,
    ConsumptionTimestamp: String(BeginTimestamp),
  });
  await isNow(one.DtsJobId, "Normal");
  const { JobId } = await ask("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  const source = {
    SourceEndpointEngineName: "oracle",
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: 1,
    SourceEndpointOracleSID: "x",
  };
  await ask("ConfigureSubscription", { DtsJobId: JobId, ...configured, ...source });
  await ask("StartDtsJob", { DtsJobId: JobId });
  await isNow(String(JobId), "PrecheckFailed");
  await reads(ask, one, String(JobId));
  await ask("SuspendDtsJob", one);
  await ask("StopDtsJob", one);
  await ask("DescribeDtsJobDetail", { DtsJobId: one.DtsJobId });
}

async function reads(
  ask: Ask,
  one: { DtsInstanceId: string; DtsJobId: string },
  failed: string,
): Promise<void> {
  const { DtsInstanceId, DtsJobId } = one;
  const group = {
    ConsumerGroupName: "b",
    ConsumerGroupUserName: "billing_1",
    ConsumerGroupPassword: PASSWORD,
  };
  const { ConsumerGroupID: Sid } = await ask("CreateConsumerChannel", { DtsInstanceId, ...group });
  for (const action of ["DescribeDtsInstances", "DescribeSubscriptionInstances"]) await ask(action);
  await ask("DescribeDtsJobDetail", { DtsJobId });
  await ask("DescribeDtsJobs", { JobType: "SUBSCRIBE" });
  await ask("DescribeDtsInstanceDetail", { DtsInstanceId });
  await ask("DescribeConsumerChannel", { DtsInstanceId });
  const older = { SubscriptionInstanceId: DtsInstanceId };
  for (const action of ["DescribeConsumerGroup", "DescribeSubscriptionInstanceStatus"])
    await ask(action, older);
  await ask("DescribeSubscriptionInstanceStatus", { SubscriptionInstanceId: `dts${failed}` });
  await ask("DescribeJobMonitorRule", { DtsJobId });
  await ask("DescribePreCheckStatus", { DtsJobId: failed, JobCode: "01" });
  await furtherPages(ask);
  await ask("DescribeTagKeys");
  await ask("DescribeTagValues", { Key: "a" });
  await ask("CountJobByCondition", { Region: "cn-hangzhou" });
  await ask("DescribeMigrationJobAlert", { MigrationJobId: DtsInstanceId });
  await ask("SummaryJobDetail", { DtsJobId, JobCode: "02" });
  await ask("DescribeSubscriptionMeta", { Sid, SubMigrationJobIds: DtsJobId });
  await ask("DescribeDtsServiceLog", { DtsJobId });
}

async function furtherPages(ask: Ask): Promise<void> {
  const ResourceType = "ALIYUN::DTS::INSTANCE";
  const ids: unknown[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { InstanceId } = await ask("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    await ask("TagResources", { ResourceType, ResourceId: [InstanceId], Tag: manyTags });
    ids.push(InstanceId);
  }
  await ask("ListTagResources", { ResourceType, ResourceId: ids });
}
