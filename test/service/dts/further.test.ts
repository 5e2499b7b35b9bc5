import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { misfits } from "../../support/misfits.ts";
import { type Caller, callerOf, clientNames } from "./support/clients.ts";
import {
  type DtsService,
  declaredSource,
  detailOf,
  groupIds,
  groupOf,
  OBJECTS,
  PASSWORD,
  runningInstance,
  startDts,
} from "./support/service.ts";
import { until } from "./support/wait.ts";

let dts: DtsService;
let call: Caller;
beforeAll(async () => {
  dts = await startDts();
  call = dts.call;
});
afterAll(() => dts.stop());

describe("published shapes", () => {
  it("find fields of another type, name or depth", () => {
    const shape = { A: "string", B: [{ C: "integer" }] } as const;
    expect(misfits({ A: "x", B: [{ C: 1 }] }, shape)).toEqual([]);
    expect(misfits({ A: 1, B: [{ C: "1" }], D: 1 }, shape)).toEqual([
      "A is 1, not string",
      'B[0].C is "1", not integer',
      "D is not published",
    ]);
    expect(misfits({ B: {} }, shape)).toEqual(["B is no list"]);
  });
});

describe("tasks", () => {
  let instanceId: string;
  let jobId: string;
  beforeEach(async () => {
    ({ instanceId, jobId } = await runningInstance(call));
  });
  const normal = () =>
    until(
      () => detailOf(call, instanceId),
      (detail) => detail.Status === "Normal",
    );

  it("DescribeDtsInstanceDetail reads what tools read", async () => {
    await call("TagResources", {
      ResourceType: "ALIYUN::DTS::INSTANCE",
      ResourceId: [instanceId],
      Tag: [{ Key: "k", Value: "v" }],
    });
    for (const name of ["InstanceId", "DtsInstanceId"]) {
      expect(await call("DescribeDtsInstanceDetail", { [name]: instanceId })).toMatchObject({
        DtsInstanceStatus: {
          DtsInstanceId: instanceId,
          PayType: "POSTPAY",
          Status: "Normal",
          SourceEndpointEngineType: "MySQL",
          Tags: [{ TagKey: "k", TagValue: "v" }],
        },
      });
    }
    await expect(call("DescribeDtsInstanceDetail", { InstanceId: "dtsnone" })).rejects.toMatchObject({
      code: "Forbidden.InstanceNotFound",
    });
  });

  it("ModifySubscription and ModifyDtsJob change objects and keep the groups", async () => {
    await call("CreateConsumerChannel", groupOf(instanceId));
    const DbList = '{"other":{"name":"other","all":true}}';
    await call("ModifySubscription", {
      DtsInstanceId: instanceId,
      DbList,
      SubscriptionDataTypeDDL: false,
      SubscriptionDataTypeDML: true,
    });
    expect(await normal()).toMatchObject({
      DbObject: DbList,
      SubscriptionDataType: { Ddl: false, Dml: true },
    });
    const changed = await call("ModifyDtsJob", {
      DtsInstanceId: instanceId,
      DbList: OBJECTS,
      ClientToken: "t",
    });
    expect(changed).toMatchObject({ DtsJobId: jobId, Status: "200", Success: true });
    expect(changed).not.toHaveProperty("ErrMessage");
    expect(await normal()).toMatchObject({ DbObject: OBJECTS });
    await call("ModifyDtsJob", {
      DtsInstanceId: instanceId,
      ModifyTypeEnum: "UPDATE_RESERVED",
      Reserved: '{"b":2}',
    });
    expect(JSON.parse(String((await normal()).Reserved))).toMatchObject({ b: 2, netType: "classic" });
    await expect(call("ModifyDtsJob", { DtsInstanceId: instanceId })).rejects.toMatchObject({
      code: "MissingDbList",
    });
    await expect(
      call("ModifySubscription", { DtsInstanceId: instanceId, DbList: "{" }),
    ).rejects.toMatchObject({ code: "InvalidDbList" });
    expect(await groupIds(call, instanceId)).toHaveLength(1);
  });

  it("ModifyDtsJobPassword seals the new password and refuses the present one", async () => {
    const change = (more: Record<string, unknown>) =>
      call("ModifyDtsJobPassword", {
        DtsJobId: jobId,
        Endpoint: "src",
        UserName: "reader",
        Password: "New-source-1",
        ...more,
      });
    await change({});
    await expect(change({})).rejects.toMatchObject({ code: "InvalidPassword.Unchanged" });
    await expect(change({ Endpoint: "dest" })).rejects.toMatchObject({ code: "InvalidEndpoint" });
    await change({ UserName: "other" });
    expect(await detailOf(call, instanceId)).toMatchObject({ SourceEndpoint: { UserName: "other" } });
  });

  it("RenewInstance and TransferPayType change what is paid, and a prepaid instance cannot be released", async () => {
    await expect(call("RenewInstance", { DtsJobId: jobId, ChargeType: "PREPAY" })).rejects.toMatchObject({
      code: "InvalidChargeType",
    });
    const term = { ChargeType: "PrePaid", Period: "Year", BuyCount: "1" };
    const transferred = await call("TransferPayType", { DtsJobId: jobId, ...term });
    expect(transferred).toMatchObject({
      ChargeType: "PrePaid",
      InstanceId: instanceId,
      EndTime: expect.stringMatching(/^\d{10}$/),
    });
    const before = await detailOf(call, instanceId);
    expect(before).toMatchObject({ PayType: "PrePaid", ExpireTime: expect.any(String) });
    const renewed = await call("RenewInstance", {
      DtsJobId: jobId,
      ChargeType: "PREPAY",
      Period: "Month",
      BuyCount: "12",
    });
    expect(renewed.EndTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
    expect(Date.parse(String(renewed.EndTime)) - Date.parse(String(before.ExpireTime))).toBeGreaterThan(
      360 * 86_400_000,
    );
    await expect(
      call("RenewInstance", { DtsJobId: jobId, ChargeType: "PREPAY", Period: "Month", BuyCount: "61" }),
    ).rejects.toMatchObject({ code: "InvalidBuyCount" });
    await expect(call("DeleteDtsJob", { DtsInstanceId: instanceId })).rejects.toMatchObject({
      code: "OperationDenied.PayType",
    });
    await expect(
      call("DeleteSubscriptionInstance", { SubscriptionInstanceId: instanceId }),
    ).rejects.toMatchObject({
      code: "OperationDenied.PayType",
    });
    expect(await detailOf(call, instanceId)).toMatchObject({ Status: "Normal" });
    const back = await call("TransferPayType", { DtsJobId: jobId, ChargeType: "PostPaid" });
    expect(back).not.toHaveProperty("EndTime");
    await call("DeleteDtsJob", { DtsInstanceId: instanceId });
  });

  it("alert rules: CreateJobMonitorRule is also the update", async () => {
    expect(await call("DescribeJobMonitorRule", { DtsJobId: jobId })).toMatchObject({ MonitorRules: [] });
    await call("CreateJobMonitorRule", {
      DtsJobId: jobId,
      Type: "delay",
      DelayRuleTime: 11,
      Phone: "1",
      State: "Y",
    });
    await call("CreateJobMonitorRule", {
      DtsJobId: jobId,
      Type: "delay",
      DelayRuleTime: 20,
      Phone: "1",
      State: "N",
    });
    await call("CreateJobMonitorRule", { DtsJobId: jobId });
    expect(await call("DescribeJobMonitorRule", { DtsJobId: jobId })).toMatchObject({
      MonitorRules: [
        { Type: "delay", DelayRuleTime: 20, State: "N", Phone: "1" },
        { Type: "error", State: "Y" },
      ],
    });
    await expect(call("CreateJobMonitorRule", { DtsJobId: jobId, State: "maybe" })).rejects.toMatchObject({
      code: "InvalidState",
    });
  });

  it("DescribePreCheckStatus shows a declared source", async () => {
    const status = await call("DescribePreCheckStatus", {
      DtsJobId: jobId,
      JobCode: "01",
      PageNo: "1",
      PageSize: "20",
    });
    expect(status).toMatchObject({ State: "Finished", Total: 1, ErrorItem: 0, HttpStatusCode: 200 });
    expect(status.JobProgress).toMatchObject([
      { Item: "CHECK_CONN_SRC", State: "Success", Names: expect.stringMatching(/Declared only/) },
    ]);
    await expect(call("DescribePreCheckStatus", { DtsJobId: jobId })).rejects.toMatchObject({
      code: "MissingJobCode",
    });
  });

  it("several at once: all or none, at most ten", async () => {
    const other = await runningInstance(call);
    const DtsJobIds = `${jobId}, ${other.jobId}`;
    await expect(call("SuspendDtsJobs", { DtsJobIds: `${DtsJobIds},nowhere` })).rejects.toMatchObject({
      code: "Forbidden.InstanceNotFound",
    });
    expect(await detailOf(call, instanceId)).toMatchObject({ Status: "Normal" });
    await expect(
      call("StopDtsJobs", { DtsJobIds: Array.from({ length: 11 }, (_, i) => `j${i}`).join(",") }),
    ).rejects.toMatchObject({
      code: "InvalidDtsJobIds",
    });
    await call("SuspendDtsJobs", { DtsJobIds });
    await call("StartDtsJobs", { DtsJobIds });
    await normal();
    await call("StopDtsJobs", { DtsJobIds });
    expect(await detailOf(call, other.instanceId)).toMatchObject({ Status: "Finished" });
    await call("DeleteDtsJobs", { DtsJobIds });
    await expect(detailOf(call, instanceId)).rejects.toMatchObject({ code: "Forbidden.InstanceNotFound" });
  });

  it("StopDtsJob and ResetDtsJob by both ids", async () => {
    await call("StopDtsJob", { DtsInstanceId: instanceId });
    await call("ResetDtsJob", { DtsInstanceId: instanceId, DtsJobId: jobId });
    expect(await detailOf(call, instanceId)).toMatchObject({ Status: "NotConfigured", DtsJobId: jobId });
  });
});

describe.each(clientNames)("the older family by %s", (name) => {
  it("manages an instance and its groups over the same store", async () => {
    const old = callerOf(name, dts.service.url);
    const buy = {
      Region: "cn-hangzhou",
      PayType: "Postpaid",
      ClientToken: `token-${name.length}-${name.replaceAll(" ", "")}`,
      SourceEndpoint: { InstanceType: "MySQL" },
    };
    const { SubscriptionInstanceId } = await old("CreateSubscriptionInstance", buy);
    expect(await old("CreateSubscriptionInstance", buy)).toMatchObject({ SubscriptionInstanceId });
    const id = { SubscriptionInstanceId };
    expect(await old("DescribeSubscriptionInstanceStatus", id)).toMatchObject({
      Status: "NotStarted",
      SubscriptionObject: { SynchronousObject: [] },
    });
    await expect(old("StartSubscriptionInstance", id)).rejects.toMatchObject({
      code: "OperationDenied.JobStatus",
    });
    const source = {
      InstanceType: "RDS",
      InstanceID: "rm-old",
      DatabaseName: "shop",
      UserName: "u",
      Password: declaredSource.SourceEndpointPassword,
    };
    const configuration = {
      ...id,
      SourceEndpoint: source,
      SubscriptionDataType: { DDL: true, DML: false },
      SubscriptionInstance: { VPCId: "vpc-1", VSwitchId: "vsw-1" },
      SubscriptionInstanceName: "older",
      SubscriptionInstanceNetworkType: "vpc",
      SubscriptionObject:
        '[{"DBName":"shop","TableIncludes":[{"TableName":"orders"},{"TableName":"items"}]},{"DBName":"crm"}]',
    };
    await expect(
      old("ConfigureSubscriptionInstance", {
        ...configuration,
        SubscriptionObject: '[{"DBName":"a","TableExcludes":[{"TableName":"b"}]}]',
      }),
    ).rejects.toMatchObject({ code: "InvalidSubscriptionObject" });
    await expect(
      old("ConfigureSubscriptionInstance", { ...configuration, SourceEndpoint: { InstanceType: "RDS" } }),
    ).rejects.toMatchObject({ code: "MissingSourceEndpoint.InstanceID" });
    await old("ConfigureSubscriptionInstance", configuration);
    expect(await old("StartSubscriptionInstance", id)).toMatchObject({
      TaskId: String(SubscriptionInstanceId).slice(3),
    });
    const status = await until(
      () => old("DescribeSubscriptionInstanceStatus", id),
      (one) => one.Status === "Normal",
    );
    expect(status).toMatchObject({
      SubscriptionInstanceID: SubscriptionInstanceId,
      SubscriptionInstanceName: "older",
      SubscriptionDataType: { DDL: true, DML: false },
      SubscriptionHost: { VPCHost: expect.stringMatching(/:18003$/) },
      SubscriptionObject: {
        SynchronousObject: [
          { DatabaseName: "shop", TableList: { Table: ["orders", "items"] }, WholeDatabase: "false" },
          { DatabaseName: "crm", TableList: { Table: [] }, WholeDatabase: "true" },
        ],
      },
    });
    const listed = await old("DescribeSubscriptionInstances", {
      PageNum: 1,
      PageSize: 50,
      SubscriptionInstanceName: "older",
    });
    expect(listed.TotalRecordCount).toBeGreaterThan(0);
    await expect(old("DescribeSubscriptionInstances", { PageSize: 20 })).rejects.toMatchObject({
      code: "InvalidPageSize",
    });

    const group = {
      ...id,
      ConsumerGroupName: "g",
      ConsumerGroupUserName: "u",
      ConsumerGroupPassword: PASSWORD,
    };
    const { ConsumerGroupID } = await old("CreateConsumerGroup", group);
    expect(await old("DescribeConsumerGroup", { ...id, PageNum: 1, PageSize: 30 })).toMatchObject({
      ConsumerChannels: {
        DescribeConsumerChannel: [{ ConsumerGroupID, ConsumerGroupName: "g", UnconsumedData: -1 }],
      },
      TotalRecordCount: 1,
    });
    const secret = {
      ...id,
      ConsumerGroupID,
      ConsumerGroupPassword: "wrong-One-1",
      consumerGroupNewPassword: "Fresh-one-1",
    };
    await expect(old("ModifyConsumerGroupPassword", secret)).rejects.toMatchObject({
      code: "InvalidConsumerGroupPassword",
    });
    await old("ModifyConsumerGroupPassword", { ...secret, ConsumerGroupPassword: PASSWORD });
    const tracking = dts.kernel.ports.find("tracking");
    expect(tracking?.authenticate(String(ConsumerGroupID), "u", "Fresh-one-1")).toBe(true);
    await old("DeleteConsumerGroup", { ...id, ConsumerGroupID });
    expect(await old("DescribeConsumerGroup", id)).toMatchObject({
      ConsumerChannels: { DescribeConsumerChannel: [] },
    });

    await old("ModifySubscriptionObject", { ...id, SubscriptionObject: '[{"DBName":"crm"}]' });
    await until(
      () => old("DescribeSubscriptionInstanceStatus", id),
      (one) => one.Status === "Normal",
    );
    const range = await old("DescribeSubscriptionInstanceStatus", id);
    await old("ModifyConsumptionTimestamp", { ...id, ConsumptionTimestamp: range.BeginTimestamp });
    expect(await old("DescribeSubscriptionInstanceStatus", id)).toMatchObject({
      ConsumptionCheckpoint: range.BeginTimestamp,
    });
    await old("DeleteSubscriptionInstance", id);
    await expect(old("DescribeSubscriptionInstanceStatus", id)).rejects.toMatchObject({
      code: "Forbidden.InstanceNotFound",
    });
  });
});
