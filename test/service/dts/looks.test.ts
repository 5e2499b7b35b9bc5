import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DtsService, groupOf, runningInstance, startDts } from "./support/service.ts";
import { until } from "./support/wait.ts";

let dts: DtsService;
beforeAll(async () => {
  dts = await startDts();
});
afterAll(() => dts.stop());

const ends = { DestinationEndpointInstanceType: "RDS", DestinationEndpointInstanceID: "rm-9" };
const at = (host: string, port: number) => ({
  ...ends,
  SourceEndpointInstanceType: "LocalInstance",
  SourceEndpointIP: host,
  SourceEndpointPort: port,
});

describe("DescribeConnectionStatus", () => {
  it("connects where something listens, and says where nobody does", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((ready) => server.once("listening", ready));
    const { port } = server.address() as AddressInfo;
    try {
      expect(await dts.call("DescribeConnectionStatus", at("127.0.0.1", port))).toMatchObject({
        SourceConnectionStatus: { connectRes: true, connectAdvice: "" },
        DestinationConnectionStatus: {
          connectRes: false,
          connectDetail: [],
          connectAdvice: expect.stringContaining("No address is known for rm-9"),
        },
      });
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  });

  it("goes nowhere that the settings forbid", async () => {
    expect(await dts.call("DescribeConnectionStatus", at("169.254.169.254", 80))).toMatchObject({
      SourceConnectionStatus: {
        connectRes: false,
        connectAdvice: expect.stringContaining("169.254.169.254"),
      },
    });
  });

  it("needs an address where the kind of instance is reached by one", async () => {
    const call = dts.call("DescribeConnectionStatus", { ...ends, SourceEndpointInstanceType: "Express" });
    await expect(call).rejects.toMatchObject({ code: "MissingSourceEndpointIP" });
    const other = dts.call("DescribeConnectionStatus", { ...ends, SourceEndpointInstanceType: "Cloud" });
    await expect(other).rejects.toMatchObject({ code: "InvalidSourceEndpointInstanceType" });
  });
});

it("DescribeDtsServiceLog shows by level why a task stopped", async () => {
  const { InstanceId, JobId } = await dts.call("CreateDtsInstance", {
    Type: "SUBSCRIBE",
    PayType: "PostPaid",
  });
  await dts.call("ConfigureSubscription", {
    DtsInstanceId: InstanceId,
    DtsJobName: "dead",
    DbList: '{"shop":{"name":"shop","all":true}}',
    SubscriptionInstanceNetworkType: "classic",
    SourceEndpointEngineName: "oracle",
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: 1,
  });
  await dts.call("StartDtsJob", { DtsInstanceId: InstanceId });
  await until(
    () => dts.call("DescribeDtsJobDetail", { DtsJobId: JobId }),
    ({ Status }) => Status === "PrecheckFailed",
  );
  const log = async (more: object) =>
    (await dts.call("DescribeDtsServiceLog", { DtsJobId: JobId, ...more })) as {
      TotalRecordCount: number;
      ServiceLogContexts: { Context: string; State: string }[];
    };
  const stopped = await log({ Status: "WARN" });
  expect(stopped.ServiceLogContexts.map(({ State }) => State)).toEqual(["WARN", "WARN"]);
  expect(stopped.ServiceLogContexts[0]?.Context).toContain("CHECK_CONN_SRC Failed: Cannot connect");
  expect(await log({ Keyword: "was created" })).toMatchObject({ TotalRecordCount: 1 });
  expect(await log({ EndTime: 1 })).toMatchObject({ TotalRecordCount: 0 });
  expect(await log({ SubJobType: "DATA_LOAD" })).toMatchObject({ TotalRecordCount: 0 });
});

it("DescribeSubscriptionMeta finds by topic too, and knows its groups", async () => {
  const { instanceId, jobId } = await runningInstance(dts.call);
  const { ConsumerGroupID: Sid } = await dts.call("CreateConsumerChannel", groupOf(instanceId));
  const { SubscribeTopic } = await dts.call("DescribeDtsJobDetail", { DtsJobId: jobId });
  const found = await dts.call("DescribeSubscriptionMeta", { Sid, Topics: `other,${SubscribeTopic}` });
  expect(found.SubscriptionMetaList).toMatchObject([{ Sid, Topic: SubscribeTopic }]);
  await expect(dts.call("DescribeSubscriptionMeta", { Sid })).rejects.toMatchObject({
    code: "MissingSubMigrationJobIds",
  });
  const unknown = { Sid: "nobody", SubMigrationJobIds: jobId };
  await expect(dts.call("DescribeSubscriptionMeta", unknown)).rejects.toMatchObject({
    message: expect.stringContaining("nobody"),
  });
});
