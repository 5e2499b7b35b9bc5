import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Caller, callerOf } from "./support/clients.ts";
import {
  type DtsService,
  detailOf,
  groupIds,
  groupOf,
  PASSWORD,
  runningInstance,
  startDts,
} from "./support/service.ts";

let dts: DtsService;
let call: Caller;
let instanceId: string;
beforeAll(async () => {
  dts = await startDts();
  call = dts.call;
});
afterAll(() => dts.stop());
beforeEach(async () => {
  await dts.service.admin("POST", "reset");
  instanceId = (await runningInstance(call)).instanceId;
});

const families = ["CreateConsumerChannel", "CreateConsumerGroup"] as const;
const create = (action: (typeof families)[number], more: Record<string, unknown>) =>
  call(action, { ...groupOf(instanceId, more), SubscriptionInstanceId: instanceId });

/** Both families refuse the value with the code, naming the rule, and store nothing; then they take the other. */
async function refusesAndAccepts(
  code: string,
  rule: string,
  refused: Record<string, unknown>,
  accepted: Record<string, unknown>,
): Promise<void> {
  for (const action of families) {
    const failure = await create(action, refused).then(
      () => undefined,
      (error: { code: string; message: string }) => error,
    );
    expect(failure?.code, action).toBe(code);
    if (rule !== "") expect(failure?.message, action).toContain(`[${rule}]`);
    expect(await groupIds(call, instanceId)).toEqual([]);
    await create(action, accepted);
    const [groupId] = await groupIds(call, instanceId);
    await call("DeleteConsumerChannel", { DtsInstanceId: instanceId, ConsumerGroupId: groupId });
  }
}

const numbered = (n: number) => ({ ConsumerGroupName: `group ${n}`, ConsumerGroupUserName: `user_${n}` });

async function fill(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await create("CreateConsumerChannel", numbered(n));
}

describe("consumer groups", () => {
  it("DTS-1 service: the 20th group is taken, the 21st refused by both families, naming the limit", async () => {
    await fill(19);
    await create("CreateConsumerGroup", numbered(20));
    const before = await groupIds(call, instanceId);
    expect(before).toHaveLength(20);
    for (const action of families) {
      await expect(create(action, numbered(21))).rejects.toMatchObject({
        code: "QuotaExceeded.ConsumerGroup",
        message: expect.stringMatching(/at most 20 consumer groups.*\[DTS-1\]/),
      });
    }
    expect(await groupIds(call, instanceId)).toEqual(before);
    await call("DeleteConsumerChannel", { DtsInstanceId: instanceId, ConsumerGroupId: before[0] });
    await create("CreateConsumerChannel", numbered(21));
    const other = await runningInstance(call);
    await call("CreateConsumerChannel", groupOf(other.instanceId));
  });

  it("DTS-1 service: of two callers at the last place exactly one wins, every time", async () => {
    const callers = [
      callerOf("openapi-client v2", dts.service.url),
      callerOf("pop-core POST", dts.service.url),
    ];
    await fill(19);
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.allSettled(
        callers.map((one, n) => one("CreateConsumerChannel", groupOf(instanceId, numbered(100 + n)))),
      );
      expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
      const lost = results.find((result) => result.status === "rejected");
      expect(lost?.reason).toMatchObject({ code: "QuotaExceeded.ConsumerGroup" });
      const ids = await groupIds(call, instanceId);
      expect(ids).toHaveLength(20);
      await call("DeleteConsumerChannel", { DtsInstanceId: instanceId, ConsumerGroupId: ids[19] });
    }
  });

  it("DTS-3 service: a name of 128 characters is taken, one of 129 or none refused", async () => {
    const name = (ConsumerGroupName: string | undefined) => ({ ConsumerGroupName });
    await refusesAndAccepts(
      "InvalidConsumerGroupName",
      "DTS-3",
      name("n".repeat(129)),
      name("n".repeat(128)),
    );
    await refusesAndAccepts(
      "InvalidConsumerGroupName",
      "DTS-3",
      name("组".repeat(129)),
      name("😀".repeat(128)),
    );
    await refusesAndAccepts("MissingConsumerGroupName", "", name(undefined), name("n"));
    await refusesAndAccepts("MissingConsumerGroupName", "", name(""), name(" "));
  });

  it("DTS-4 service: an account of 16 characters is taken, one of 17 or none refused", async () => {
    const account = (ConsumerGroupUserName: string | undefined) => ({ ConsumerGroupUserName });
    await refusesAndAccepts(
      "InvalidConsumerGroupUserName",
      "DTS-4",
      account("a".repeat(17)),
      account("a".repeat(16)),
    );
    await refusesAndAccepts("MissingConsumerGroupUserName", "", account(""), account("a"));
  });

  it("DTS-5 service: an account takes letters, digits and _ only", async () => {
    const account = (ConsumerGroupUserName: string) => ({ ConsumerGroupUserName });
    for (const wrong of ["a-b", "a b", "é", "a.b", "组"]) {
      await refusesAndAccepts("InvalidConsumerGroupUserName", "DTS-5", account(wrong), account("aZ_9"));
    }
  });

  it("DTS-6 service: a password of 8 to 32 characters is taken, others refused", async () => {
    const secret = (ConsumerGroupPassword: string | undefined) => ({ ConsumerGroupPassword });
    await refusesAndAccepts("InvalidConsumerGroupPassword", "DTS-6", secret("aB34567"), secret("aB345678"));
    await refusesAndAccepts(
      "InvalidConsumerGroupPassword",
      "DTS-6",
      secret(`aB${"1".repeat(31)}`),
      secret(`aB${"1".repeat(30)}`),
    );
    await refusesAndAccepts("MissingConsumerGroupPassword", "", secret(""), secret("aB345678"));
  });

  it("DTS-7 service: a password needs two kinds of characters", async () => {
    const secret = (ConsumerGroupPassword: string) => ({ ConsumerGroupPassword });
    for (const wrong of ["abcdefgh", "ABCDEFGH", "12345678", "!!!!!!!!"]) {
      await refusesAndAccepts(
        "InvalidConsumerGroupPassword",
        "DTS-7",
        secret(wrong),
        secret(`${wrong.slice(1)}${wrong === "12345678" ? "a" : "1"}`),
      );
    }
  });

  it("DTS-6 DTS-7 service: a refused password is in no message", async () => {
    for (const action of families) {
      await expect(create(action, { ConsumerGroupPassword: "geheimgeheim" })).rejects.toMatchObject({
        message: expect.not.stringContaining("geheim"),
      });
    }
  });

  it("DTS-3 to DTS-7 service: a change is held to the same", async () => {
    const { ConsumerGroupID } = await create("CreateConsumerChannel", {});
    const change = (more: Record<string, unknown>) =>
      call("ModifyConsumerChannel", { DtsInstanceId: instanceId, ConsumerGroupId: ConsumerGroupID, ...more });
    const row = () => dts.kernel.store.get("SELECT * FROM dts_groups");
    const before = row();
    await expect(change({ ConsumerGroupName: "n".repeat(129) })).rejects.toMatchObject({
      code: "InvalidConsumerGroupName",
    });
    await expect(change({ ConsumerGroupUserName: "a-b" })).rejects.toMatchObject({
      code: "InvalidConsumerGroupUserName",
    });
    await expect(change({ ConsumerGroupPassword: "short1" })).rejects.toMatchObject({
      code: "InvalidConsumerGroupPassword",
    });
    await expect(
      call("ModifyConsumerGroupPassword", {
        SubscriptionInstanceId: instanceId,
        ConsumerGroupID,
        ConsumerGroupPassword: PASSWORD,
        consumerGroupNewPassword: "onlyletters",
      }),
    ).rejects.toMatchObject({
      code: "InvalidConsumerGroupNewPassword",
      message: expect.stringContaining("[DTS-7]"),
    });
    expect(row()).toEqual(before);
    await change({ ConsumerGroupName: "n".repeat(128) });
    await change({ ConsumerGroupUserName: "a_b" });
  });

  it("a name or an account that another group of the instance has is refused, elsewhere it is free", async () => {
    await create("CreateConsumerChannel", {});
    await expect(create("CreateConsumerChannel", { ConsumerGroupUserName: "other" })).rejects.toMatchObject({
      code: "InvalidConsumerGroupName.Duplicate",
    });
    await expect(create("CreateConsumerGroup", { ConsumerGroupName: "other" })).rejects.toMatchObject({
      code: "InvalidConsumerGroupUserName.Duplicate",
    });
    expect(await groupIds(call, instanceId)).toHaveLength(1);
    const { ConsumerGroupID } = await create("CreateConsumerChannel", numbered(2));
    await expect(
      call("ModifyConsumerChannel", {
        DtsInstanceId: instanceId,
        ConsumerGroupId: ConsumerGroupID,
        ConsumerGroupName: "billing",
      }),
    ).rejects.toMatchObject({ code: "InvalidConsumerGroupName.Duplicate" });
    const other = await runningInstance(call);
    await call("CreateConsumerChannel", groupOf(other.instanceId));
  });

  it("DTS-11 service: an instance takes groups only when it is Normal", async () => {
    const { InstanceId } = await call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    await call("SuspendDtsJob", { DtsInstanceId: instanceId });
    expect(await detailOf(call, instanceId)).toMatchObject({ Status: "Abnormal" });
    for (const id of [String(InstanceId), instanceId]) {
      for (const action of families) {
        await expect(call(action, { ...groupOf(id), SubscriptionInstanceId: id })).rejects.toMatchObject({
          code: "OperationDenied.JobStatus",
          message: expect.stringContaining("[DTS-11]"),
        });
      }
      expect(await groupIds(call, id)).toEqual([]);
    }
    await call("StartDtsJob", { DtsInstanceId: instanceId });
    await expect
      .poll(() =>
        create("CreateConsumerChannel", {}).then(
          () => "taken",
          (error: { code: string }) => error.code,
        ),
      )
      .toBe("taken");
  });
});

describe("instances", () => {
  it("are named by DtsInstanceId or DtsJobId, and both must agree", async () => {
    await expect(call("DescribeConsumerChannel")).rejects.toMatchObject({ code: "MissingDtsInstanceId" });
    await expect(call("StartDtsJob", { DtsJobId: "nowhere" })).rejects.toMatchObject({
      code: "Forbidden.InstanceNotFound",
      statusCode: 404,
    });
    const other = await runningInstance(call);
    await expect(
      call("StartDtsJob", { DtsInstanceId: instanceId, DtsJobId: other.jobId }),
    ).rejects.toMatchObject({
      code: "Forbidden.InstanceNotFound",
    });
    await expect(
      call("StartDtsJob", { DtsInstanceId: instanceId, RegionId: "us-west-1" }),
    ).rejects.toMatchObject({
      code: "Forbidden.InstanceNotFound",
      message: expect.stringContaining("it is in cn-hangzhou"),
    });
    await expect(
      call("DescribeDtsJobs", { JobType: "SUBSCRIBE", DtsJobId: "nowhere" }),
    ).rejects.toMatchObject({
      code: "InvalidJobId",
    });
  });

  it("are bought for the published terms only", async () => {
    const buy = (more: Record<string, unknown>) => call("CreateDtsInstance", { Type: "SUBSCRIBE", ...more });
    await expect(buy({})).rejects.toMatchObject({ code: "MissingPayType" });
    await expect(buy({ PayType: "Free" })).rejects.toMatchObject({ code: "InvalidPayType" });
    await expect(buy({ PayType: "PrePaid", UsedTime: 1 })).rejects.toMatchObject({ code: "MissingPeriod" });
    await expect(buy({ PayType: "PrePaid", Period: "Month" })).rejects.toMatchObject({
      code: "MissingUsedTime",
    });
    await expect(buy({ PayType: "PrePaid", Period: "Month", UsedTime: 10 })).rejects.toMatchObject({
      code: "InvalidUsedTime",
    });
    await expect(buy({ PayType: "PrePaid", Period: "Year", UsedTime: 4 })).rejects.toMatchObject({
      code: "InvalidUsedTime",
    });
    await expect(buy({ PayType: "PostPaid", Quantity: 2 })).rejects.toMatchObject({
      code: "InvalidQuantity",
    });
    await expect(call("CreateDtsInstance", { PayType: "PostPaid", Type: "SYNC" })).rejects.toMatchObject({
      code: "InvalidType",
    });
    await expect(buy({ PayType: "PostPaid", RegionId: "no region" })).rejects.toMatchObject({
      code: "InvalidRegionId",
    });
    const stored = () => dts.kernel.store.get("SELECT count(*) AS n FROM dts_jobs");
    expect(stored()).toEqual({ n: 1 });
    await buy({ PayType: "PrePaid", Period: "Month", UsedTime: 9 });
    await buy({ PayType: "prepaid", Period: "year", UsedTime: 5 });
    expect(stored()).toEqual({ n: 3 });
  });

  it("are configured with what can be read only, and once they run no more", async () => {
    const { InstanceId } = await call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    const configure = (more: Record<string, unknown>) =>
      call("ConfigureSubscription", {
        DtsInstanceId: InstanceId,
        DtsJobName: "n",
        DbList: '{"shop":{}}',
        SubscriptionInstanceNetworkType: "classic",
        SourceEndpointInstanceType: "RDS",
        SourceEndpointInstanceID: "rm-1",
        ...more,
      });
    const cases: [Record<string, unknown>, string][] = [
      [{ DbList: "{" }, "InvalidDbList"],
      [{ DbList: "[]" }, "InvalidDbList"],
      [{ DbList: "{}" }, "InvalidDbList"],
      [{ DbList: undefined }, "MissingDbList"],
      [{ DtsJobName: undefined }, "MissingDtsJobName"],
      [{ SubscriptionInstanceNetworkType: undefined }, "MissingSubscriptionInstanceNetworkType"],
      [{ Reserve: "no" }, "InvalidReserve"],
      [{ Checkpoint: "soon" }, "InvalidCheckpoint"],
      [{ SourceEndpointInstanceID: undefined }, "MissingSourceEndpointInstanceID"],
      [
        { SourceEndpointInstanceID: undefined, SourceEndpointInstanceType: "LocalInstance" },
        "MissingSourceEndpointIP",
      ],
      [{ SourceEndpointIP: "http://db", SourceEndpointPort: "1" }, "InvalidSourceEndpointIP"],
      [{ SourceEndpointIP: "db", SourceEndpointPort: "0" }, "InvalidSourceEndpointPort"],
    ];
    for (const [change, code] of cases) {
      await expect(configure(change), JSON.stringify(change)).rejects.toMatchObject({ code });
    }
    expect(await detailOf(call, String(InstanceId))).toMatchObject({ Status: "NotConfigured" });
    await configure({});
    await configure({ DtsJobName: "again" });
    expect(await detailOf(call, String(InstanceId))).toMatchObject({
      Status: "NotStarted",
      DtsJobName: "again",
    });
    await expect(configure({ DtsInstanceId: instanceId })).rejects.toMatchObject({
      code: "UpdateJob.OperationDenied.InitStatus",
    });
  });
});
