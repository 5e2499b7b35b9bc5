import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isNoAddress } from "../../contract/local.ts";
import { lookUpInstance } from "../../provider/runtime/look-up.ts";
import { usableAddress, usableAddresses } from "../../provider/runtime/observe/address.ts";
import { type DtsService, detailOf, runningInstance, startDts } from "../service/dts/support/service.ts";

/* Until something listens for clients here, nobody is told to send a password anywhere. */

let dts: DtsService;
beforeAll(async () => {
  dts = await startDts();
});
afterAll(() => dts?.stop());

describe("addresses to connect to", () => {
  it("that the service gives keep their form, belong to nobody, and are left out by the provider", async () => {
    const { instanceId } = await runningInstance(dts.call);
    const hosts = (await detailOf(dts.call, instanceId)).SubscriptionHost as Record<string, string>;
    expect(Object.keys(hosts)).toHaveLength(3);
    for (const host of Object.values(hosts)) {
      expect(host).toMatch(/^[a-z0-9.-]+\.invalid:\d+$/);
      expect(isNoAddress(host)).toBe(true);
    }
    const older = await dts.call("DescribeSubscriptionInstanceStatus", {
      SubscriptionInstanceId: instanceId,
    });
    expect(JSON.stringify(older)).not.toContain("aliyuncs.com");
    const config: Record<string, string> = { "changetracking:endpoint": dts.service.url };
    const found = await lookUpInstance((key) => config[key], { instanceId });
    expect(found.brokers).toEqual({ public: "", vpc: "", internal: "" });
    expect(found).not.toHaveProperty("brokerUrl");
  });

  it.each([
    ["127.0.0.1:18001", false],
    ["dts-cn-hangzhou.aliyuncs.com:18001", false],
    ["invalid.example.com:1", false],
    ["notinvalid", false],
    ["invalid:1", true],
    ["http://mq.cn-hangzhou.invalid", true],
    ["https://mq.INVALID:443/", true],
  ])("%s stands for none: %s", (address, isNone) => {
    expect(isNoAddress(address)).toBe(isNone);
    expect(usableAddress(address)).toBe(isNone ? "" : address);
    expect(usableAddresses([["vpc", address]])).toEqual(isNone ? {} : { vpc: address });
  });
});
