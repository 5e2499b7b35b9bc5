/*
 * Why: infrastructure tools (the Terraform provider is the one that was watched) hold what they sent against what
 * they read, and replace a resource where the two differ; an update sends only what changed; instances are
 * listed by an action that is not published. Each test here stands for a plan that was not empty.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DtsService, runningInstance, startDts } from "../dts/support/service.ts";

let dts: DtsService;
beforeAll(async () => {
  dts = await startDts();
});
afterAll(() => dts.stop());

const purchase = {
  RegionId: "cn-hangzhou",
  Type: "subscribe",
  PayType: "PostPaid",
  SourceEndpointEngineName: "MySQL",
  SourceRegion: "cn-hangzhou",
  DestinationEndpointEngineName: "PolarDB",
  DestinationRegion: "cn-beijing",
};

async function bought(more: Record<string, unknown> = {}): Promise<string> {
  return String((await dts.call("CreateDtsInstance", { ...purchase, ...more })).InstanceId);
}

async function statusOf(DtsInstanceId: string): Promise<Record<string, unknown>> {
  const answer = await dts.call("DescribeDtsInstanceDetail", { RegionId: "cn-hangzhou", DtsInstanceId });
  return answer.DtsInstanceStatus as Record<string, unknown>;
}

describe("an instance", () => {
  it("is read back as it was bought", async () => {
    const status = await statusOf(await bought());
    expect(status).toMatchObject({
      Type: "subscribe",
      PayType: "POSTPAY",
      SourceEndpointEngineType: "MySQL",
      SourceEndpointRegion: "cn-hangzhou",
      DestEndpointEngineType: "PolarDB",
      DestEndpointRegion: "cn-beijing",
    });
  });

  it("shows a class only when one was asked for", async () => {
    expect(await statusOf(await bought())).not.toHaveProperty("InstanceClass");
    const small = await bought({ InstanceClass: "small" });
    expect(await statusOf(small)).toMatchObject({ InstanceClass: "small" });
    expect(await dts.call("DescribeDtsJobDetail", { DtsInstanceID: small })).toMatchObject({
      DtsJobClass: "small",
    });
    await dts.call("TransferPayType", {
      DtsJobId: small.slice(3),
      ChargeType: "PostPaid",
      InstanceClass: "micro",
    });
    expect(await statusOf(small)).toMatchObject({ InstanceClass: "micro" });
  });

  it("changes its resource group", async () => {
    // Whoever names none has the default one: it is never empty.
    expect(await statusOf(await bought())).toMatchObject({ ResourceGroupId: "rg-default" });
    const id = await bought({ ResourceGroupId: "rg-a" });
    await dts.call("ConvertInstanceResourceGroup", { ResourceId: id, NewResourceGroupId: "rg-b" });
    expect(await statusOf(id)).toMatchObject({ ResourceGroupId: "rg-b" });
    await expect(dts.call("ConvertInstanceResourceGroup", { ResourceId: id })).rejects.toMatchObject({
      code: "MissingNewResourceGroupId",
    });
    await expect(
      dts.call("ConvertInstanceResourceGroup", { ResourceId: "dtsnone", NewResourceGroupId: "rg-b" }),
    ).rejects.toMatchObject({ code: "Forbidden.InstanceNotFound" });
  });
});

describe("the list of instances", () => {
  it("goes page by page, filtered by resource group", async () => {
    const ids = [];
    for (let i = 0; i < 3; i += 1) ids.push(await bought({ ResourceGroupId: "rg-list" }));
    const page = async (PageNum: number) => {
      const answer = await dts.call("DescribeDtsInstances", {
        ResourceGroupId: "rg-list",
        PageNum,
        PageSize: 2,
      });
      return (answer.DtsInstanceStatusList as { DtsInstanceId: string }[]).map((one) => one.DtsInstanceId);
    };
    expect(await page(1)).toEqual(ids.slice(0, 2));
    expect(await page(2)).toEqual(ids.slice(2));
    expect(await page(3)).toEqual([]);
  });

  it("holds every region when none is named", async () => {
    const id = await bought({ RegionId: "cn-beijing", ResourceGroupId: "rg-region" });
    const list = (more: object) =>
      dts.call("DescribeDtsInstances", { ResourceGroupId: "rg-region", ...more });
    expect(await list({})).toMatchObject({ DtsInstanceStatusList: [{ DtsInstanceId: id }] });
    expect(await list({ RegionId: "cn-hangzhou" })).toMatchObject({ DtsInstanceStatusList: [] });
  });
});

describe("an alert rule", () => {
  it("keeps what an update does not send", async () => {
    const { jobId: DtsJobId } = await runningInstance(dts.call);
    const rule = async (more: Record<string, unknown>) => {
      await dts.call("CreateJobMonitorRule", { DtsJobId, Type: "delay", ...more });
      const { MonitorRules } = await dts.call("DescribeJobMonitorRule", { DtsJobId });
      return MonitorRules;
    };
    expect(await rule({ Phone: "138", DelayRuleTime: 233 })).toMatchObject([
      { Type: "delay", State: "Y", Phone: "138", DelayRuleTime: 233 },
    ]);
    expect(await rule({ Phone: "139", Times: 2 })).toMatchObject([
      { State: "Y", Phone: "139", DelayRuleTime: 233, Times: 2 },
    ]);
    expect(await rule({ State: "N" })).toMatchObject([
      { State: "N", Phone: "139", DelayRuleTime: 233, Times: 2 },
    ]);
  });
});
