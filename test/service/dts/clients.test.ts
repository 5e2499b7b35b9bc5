import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Caller, callerOf, clientNames } from "./support/clients.ts";
import {
  type DtsService,
  declaredSource,
  detailOf,
  groupIds,
  groupOf,
  OBJECTS,
  startDts,
} from "./support/service.ts";
import { until } from "./support/wait.ts";

let dts: DtsService;
beforeAll(async () => {
  dts = await startDts();
});
afterAll(() => dts.stop());

const region = { RegionId: "cn-hangzhou" };
const tagged = (id: string) => ({ ...region, ResourceType: "ALIYUN::DTS::INSTANCE", ResourceId: [id] });

// Every answer is held against the published fields and types by the caller itself.
describe.each(clientNames)("%s", (name) => {
  let call: Caller;
  let instanceId: string;
  let jobId: string;
  let groupId: string;
  beforeAll(() => {
    call = callerOf(name, dts.service.url);
  });

  it("buys, configures and starts an instance", async () => {
    const bought = await call("CreateDtsInstance", {
      ...region,
      Type: "SUBSCRIBE",
      PayType: "PostPaid",
      Quantity: 1,
    });
    instanceId = String(bought.InstanceId);
    jobId = String(bought.JobId);
    expect(instanceId).toBe(`dts${jobId}`);
    expect(jobId).toMatch(/^[a-z][a-z0-9]{14}$/);
    expect(await detailOf(call, instanceId)).toMatchObject({
      Status: "NotConfigured",
      Code: 200,
      Reserved: "{}",
      SourceEndpoint: expect.any(Object),
      SubscriptionDataType: { Ddl: true, Dml: true },
    });
    const configured = await call("ConfigureSubscription", {
      ...region,
      DtsJobId: jobId,
      DtsJobName: "订单 orders +*~",
      DbList: OBJECTS,
      Reserve: '{"a":1}',
      SubscriptionInstanceNetworkType: "vpc",
      SubscriptionInstanceVPCId: "vpc-1",
      SubscriptionInstanceVSwitchId: "vsw-1",
      SubscriptionDataTypeDDL: "True",
      SubscriptionDataTypeDML: true,
      ...declaredSource,
    });
    expect(configured).toMatchObject({ DtsInstanceId: instanceId, DtsJobId: jobId, Success: "true" });
    await call("StartDtsJob", { ...region, DtsInstanceId: instanceId, DtsJobId: jobId });
    const detail = await until(
      () => detailOf(call, instanceId),
      (one) => one.Status === "Normal",
    );
    expect(detail).toMatchObject({
      AppName: "new",
      DtsInstanceID: instanceId,
      DtsJobId: jobId,
      DtsJobName: "订单 orders +*~",
      DbObject: OBJECTS,
      PayType: "PostPaid",
      Success: true,
      SourceEndpoint: { EngineName: "MySQL", InstanceID: "rm-bp1", InstanceType: "RDS", UserName: "reader" },
      SubscriptionHost: {
        PublicHost: "dts-cn-hangzhou.invalid:18001",
        PrivateHost: "dts-cn-hangzhou-internal.invalid:18002",
        VpcHost: "dts-cn-hangzhou-vpc.invalid:18003",
      },
      BeginTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      EndTimestamp: expect.any(String),
    });
    expect(JSON.parse(String(detail.Reserved))).toEqual({
      a: 1,
      netType: "vpc",
      vpcId: "vpc-1",
      vswitchId: "vsw-1",
    });
    expect(detail.SubscribeTopic).toMatch(/^cn_hangzhou_\w+_shop_version2$/);
    expect(detail).not.toHaveProperty("ExpireTime");
  });

  it("finds it in the list, for JobType=SUBSCRIBE only", async () => {
    const filter = { ...region, Type: "instance", Params: instanceId };
    expect(await call("DescribeDtsJobs", filter)).toMatchObject({ TotalRecordCount: 0, DtsJobList: [] });
    const listed = await call("DescribeDtsJobs", { ...filter, JobType: "SUBSCRIBE" });
    expect(listed).toMatchObject({ PageNumber: 1, PageRecordCount: 1, TotalRecordCount: 1 });
    const [job] = listed.DtsJobList as Record<string, unknown>[];
    expect(job).toMatchObject({
      DtsJobId: jobId,
      Status: "Normal",
      Checkpoint: expect.stringMatching(/^\d{10}$/),
    });
    const named = await call("DescribeDtsJobs", {
      ...region,
      JobType: "SUBSCRIBE",
      Type: "name",
      Params: "单 ord",
      PageSize: 30,
    });
    expect((named.DtsJobList as unknown[]).length).toBeGreaterThan(0);
    const short = await call("DescribeDtsJobs", {
      JobType: "SUBSCRIBE",
      DtsJobId: jobId,
      WithoutDbList: true,
    });
    expect((short.DtsJobList as unknown[])[0]).not.toHaveProperty("DbObject");
  });

  it("renames, suspends and resumes it", async () => {
    await call("ModifyDtsJobName", { ...region, DtsJobId: jobId, DtsJobName: "renamed" });
    await call("SuspendDtsJob", { ...region, DtsJobId: jobId });
    expect(await detailOf(call, instanceId)).toMatchObject({ Status: "Abnormal", DtsJobName: "renamed" });
    await call("StartDtsJob", { ...region, DtsJobId: jobId });
    await until(
      () => detailOf(call, instanceId),
      (detail) => detail.Status === "Normal",
    );
  });

  it("makes, changes and deletes a group", async () => {
    expect(await call("DescribeConsumerChannel", { ...region, DtsInstanceId: instanceId })).toMatchObject({
      ConsumerChannels: [],
      PageNumber: 1,
      PageRecordCount: 0,
      TotalRecordCount: 0,
    });
    const made = await call(
      "CreateConsumerChannel",
      groupOf(instanceId, { ConsumerGroupName: "billing +*~ 组" }),
    );
    groupId = String(made.ConsumerGroupID);
    expect(groupId).toMatch(/^dts[a-z0-9]{15}$/);
    const listed = await call("DescribeConsumerChannel", {
      ...region,
      DtsJobId: jobId,
      PageNumber: 1,
      PageSize: 20,
    });
    expect(listed.ConsumerChannels).toEqual([
      {
        ConsumerGroupId: groupId,
        ConsumerGroupName: "billing +*~ 组",
        ConsumerGroupUserName: "billing_1",
        ConsumptionCheckpoint: "",
        MessageDelay: -1,
        UnconsumedData: -1,
      },
    ]);
    const tracking = dts.kernel.ports.find("tracking");
    expect(tracking?.authenticate(groupId, "billing_1", "Pass-word-9")).toBe(true);
    await call("ModifyConsumerChannel", {
      ...region,
      DtsInstanceId: instanceId,
      ConsumerGroupId: groupId,
      ConsumerGroupPassword: "another-Pass-1",
      ConsumerGroupUserName: "billing_2",
    });
    expect(tracking?.authenticate(groupId, "billing_1", "Pass-word-9")).toBe(false);
    expect(tracking?.authenticate(groupId, "billing_2", "Pass-word-9")).toBe(false);
    expect(tracking?.authenticate(groupId, "billing_2", "another-Pass-1")).toBe(true);
    expect(tracking?.group(groupId)).toMatchObject({
      groupId,
      instanceId,
      jobId,
      status: "Normal",
      userName: "billing_2",
    });
    await call("DeleteConsumerChannel", { ...region, DtsInstanceId: instanceId, ConsumerGroupId: groupId });
    expect(await groupIds(call, instanceId)).toEqual([]);
    await expect(
      call("DeleteConsumerChannel", { ...region, DtsInstanceId: instanceId, ConsumerGroupId: groupId }),
    ).rejects.toMatchObject({ code: "InvalidConsumerGroupId.NotFound" });
  });

  it("tags it", async () => {
    expect(await call("ListTagResources", tagged(instanceId))).toMatchObject({
      TagResources: { TagResource: [] },
    });
    await call("TagResources", {
      ...tagged(instanceId),
      Tag: [
        { Key: "team", Value: "a" },
        { Key: "empty", Value: "" },
      ],
    });
    await call("TagResources", { ...tagged(instanceId), Tag: [{ Key: "team", Value: "b" }] });
    const listed = await call("ListTagResources", tagged(instanceId));
    expect(listed).not.toHaveProperty("NextToken");
    expect((listed.TagResources as { TagResource: unknown }).TagResource).toEqual([
      { ResourceId: instanceId, ResourceType: "ALIYUN::DTS::INSTANCE", TagKey: "empty", TagValue: "" },
      { ResourceId: instanceId, ResourceType: "ALIYUN::DTS::INSTANCE", TagKey: "team", TagValue: "b" },
    ]);
    const byTag = await call("DescribeDtsJobs", {
      JobType: "SUBSCRIBE",
      Tags: '[{"key":"team","value":"b"}]',
    });
    expect(byTag.DtsJobList).toMatchObject([
      { TagList: [{ TagKey: "empty" }, { TagKey: "team", TagValue: "b" }] },
    ]);
    await call("UntagResources", { ...tagged(instanceId), TagKey: ["team"] });
    await call("UntagResources", { ...tagged(instanceId), All: "True" });
    expect(await call("ListTagResources", tagged(instanceId))).toMatchObject({
      TagResources: { TagResource: [] },
    });
  });

  it("deletes it with its groups, by the instance id alone, once", async () => {
    await call("CreateConsumerChannel", groupOf(instanceId));
    await call("DeleteDtsJob", { DtsInstanceId: instanceId });
    await expect(detailOf(call, instanceId)).rejects.toMatchObject({ code: "Forbidden.InstanceNotFound" });
    await expect(call("DeleteDtsJob", { DtsInstanceId: instanceId })).rejects.toMatchObject({
      code: "Forbidden.InstanceNotFound",
    });
    const left = dts.kernel.store.all("SELECT * FROM dts_groups WHERE job_id = ?", jobId);
    expect(left).toEqual([]);
  });
});
