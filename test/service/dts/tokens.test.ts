import { afterAll, beforeAll, expect, it } from "vitest";
import { type DtsService, OBJECTS, runningInstance, startDts } from "./support/service.ts";
import { until } from "./support/wait.ts";

let dts: DtsService;
beforeAll(async () => {
  dts = await startDts();
});
afterAll(() => dts.stop());

const mismatch = { code: "IdempotentParameterMismatch", message: expect.stringContaining("ClientToken") };
const count = async () =>
  (await dts.call("DescribeSubscriptionInstances")).TotalRecordCount as number | undefined;

it("buys once for a token, and refuses the token with other wishes", async () => {
  const buy = (more: object) =>
    dts.call("CreateSubscriptionInstance", {
      Region: "cn-hangzhou",
      PayType: "Postpaid",
      ClientToken: "once",
      ...more,
    });
  const first = await buy({});
  const before = await count();
  expect((await buy({})).SubscriptionInstanceId).toBe(first.SubscriptionInstanceId);
  await expect(buy({ Region: "cn-beijing" })).rejects.toMatchObject(mismatch);
  await expect(buy({ SourceEndpoint: { InstanceType: "Oracle" } })).rejects.toMatchObject(mismatch);
  expect(await count()).toBe(before);
  await buy({ Region: "cn-beijing", ClientToken: "twice" });
  expect(await count()).toBe(Number(before) + 1);
});

it("changes a task once for a token, whatever happened since", async () => {
  const { instanceId: DtsInstanceId } = await runningInstance(dts.call);
  const modify = (DbList: string, ClientToken: string) =>
    dts.call("ModifyDtsJob", { DtsInstanceId, DbList, ClientToken });
  const detail = () => dts.call("DescribeDtsJobDetail", { DtsInstanceID: DtsInstanceId });
  const settled = () => until(detail, (one) => one.Status === "Normal");
  const other = '{"crm":{"name":"crm","all":true}}';
  const first = await modify(other, "a");
  await settled();
  await modify(OBJECTS, "b");
  await settled();
  expect((await modify(other, "a")).DtsJobId).toBe(first.DtsJobId);
  expect(await detail()).toMatchObject({ Status: "Normal", DbObject: OBJECTS });
  await expect(modify(OBJECTS, "a")).rejects.toMatchObject(mismatch);
  await expect(
    dts.call("CreateSubscriptionInstance", { Region: "cn-hangzhou", ClientToken: "a" }),
  ).rejects.toMatchObject(mismatch);
});
