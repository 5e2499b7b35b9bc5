import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { METRICS, metricOf, NAMESPACES } from "../../../contract/cms/metrics.ts";
import {
  alertPeriodSeconds,
  alertTimes,
  callbackUrl,
  comparisonOperator,
  effectivePeriod,
  isPrivateUrl,
  isTargetArn,
  metricRefusal,
  muteSeconds,
  resourceRefusal,
  statisticRefusal,
  targetArn,
} from "../../../contract/limits/cms.ts";
import { violationsOf } from "../../../contract/validation/violation.ts";
import { messagesOf, readable } from "../../support/refusals.ts";

const texts = (schema: z.ZodType, value: unknown) => messagesOf(violationsOf(schema, value));
const metric = (name: string) => metricOf("acs_rocketmq", name) ?? expect.fail(name);

describe("ALR-1 resources of a metric", () => {
  it("takes all resources, an account's, and groups", () => {
    const lag = metric("ConsumerLag");
    const taken: Record<string, string>[] = [
      { resource: "_ALL" },
      { userId: "1" },
      { groupId: "g" },
      { instanceId: "i", groupId: "g", regionId: "cn-hangzhou", userId: "1" },
      // The published example: all groups of the instance.
      { instanceId: "i" },
    ];
    for (const resource of taken) expect(resourceRefusal(lag, resource)).toBeUndefined();
    expect(resourceRefusal(metric("SendMessageCountPerInstance"), { instanceId: "i" })).toBeUndefined();
  });

  it("refuses what narrows without naming what is watched, and foreign dimensions", () => {
    expect(readable(resourceRefusal(metric("ConsumerLag"), { regionId: "cn-hangzhou" }))).toBe(
      "must name groupId where it names regionId; leave it out to watch all resources [ALR-1]",
    );
    expect(readable(resourceRefusal(metric("ConsumerLag"), { groupId: "g", topic: "t" }))).toContain(
      'got "topic" [ALR-1]',
    );
  });
});

describe("ALR-3 trigger", () => {
  it("takes periods of whole minutes", () => {
    for (const value of [60, 120, 86_400]) expect(texts(alertPeriodSeconds, value)).toEqual([]);
    for (const value of [0, -60, 59, 61, 90.5])
      expect(texts(alertPeriodSeconds, value)).toEqual([
        `must be a multiple of 60 seconds, got ${value} [ALR-3]`,
      ]);
  });

  it("takes one time or more, and published comparisons", () => {
    expect(texts(alertTimes, 1)).toEqual([]);
    expect(texts(alertTimes, 0)).toHaveLength(1);
    expect(texts(comparisonOperator, "GreaterThanThreshold")).toEqual([]);
    expect(texts(comparisonOperator, "GreaterThanTreshold")[0]).toContain(
      "did you mean GreaterThanThreshold?",
    );
    expect(statisticRefusal(metric("ConsumerLag"), "Sum")).toBeUndefined();
    expect(readable(statisticRefusal(metric("ConsumerLag"), "Average"))).toBe(
      'must be Sum for ConsumerLag, got "Average" [ALR-3]',
    );
  });
});

describe("ALR-4 metrics", () => {
  it("are known once per product, with what local names are", () => {
    for (const namespace of NAMESPACES) {
      const names = METRICS[namespace].map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(metricRefusal(namespace, name)).toBeUndefined();
    }
    expect(METRICS.acs_rocketmq.some(({ local }) => local)).toBe(false);
    expect(METRICS.acs_rocketmq).toHaveLength(42);
    expect(METRICS.acs_dts.every(({ local }) => local)).toBe(true);
  });

  it.each([
    ["InstanceApiCallTps", "count/s", ["Sum"], ["instanceId"]],
    ["InstanceSendApiCallTps", "count/s", ["Maximum"], ["instanceId"]],
    ["InstanceReceiveApiCallTps", "count/s", ["Maximum"], ["instanceId"]],
    ["InstanceInternetFlowoutBandwidth", "byte/s", ["Maximum", "Sum"], ["instanceId"]],
    ["InstanceStorageSize", "byte", ["Sum"], ["instanceId"]],
    ["InstanceTpsUtilization", "%", ["Value"], ["instanceId"]],
    ["InstanceOnlineClients", "count", ["Sum"], ["instanceId"]],
    ["MessageRetentionPeriod", "hour", ["Minimum"], ["instanceId"]],
    ["ThrottledSendRequestsPerInstance", "count/min", ["Sum"], ["instanceId"]],
    ["ThrottledReceiveRequestsPerInstance", "count/min", ["Sum"], ["instanceId"]],
    ["ThrottledSendRequestsPerTopic", "count/min", ["Sum"], ["instanceId", "topic"]],
    ["ThrottledReceiveRequestsPerGidTopic", "count/min", ["Sum"], ["instanceId", "groupId", "topic"]],
    ["SendMessageCountPerGid", "count/min", ["Sum"], ["instanceId", "groupId"]],
    ["SendMessageCountPerGidTopic", "count/min", ["Sum"], ["instanceId", "groupId", "topic"]],
  ])("%s is published for RocketMQ with unit %s", (name, unit, statistics, dimensions) => {
    expect(metricOf("acs_rocketmq", name)).toMatchObject({ unit, statistics, dimensions, local: false });
  });

  it("refuses others", () => {
    expect(readable(metricRefusal("acs_rocketmq", "Consumerlag"))).toBe(
      'must be a metric of acs_rocketmq, got "Consumerlag"; did you mean ConsumerLag? [ALR-4]',
    );
    expect(readable(metricRefusal("acs_iot", "x"))).toContain("it has ConsumerGroupAccumulatedMessages, ");
    expect(readable(metricRefusal("toString", "x"))).toContain(
      "must be one of acs_dts, acs_rocketmq, acs_iot",
    );
  });
});

describe("ALR-5 mute", () => {
  it("takes 300 to 86400 s", () => {
    for (const value of [300, 3600, 86_400]) expect(texts(muteSeconds, value)).toEqual([]);
    for (const value of [299, 86_401, 3600.5, Number.NaN]) expect(texts(muteSeconds, value)).toHaveLength(1);
  });
});

describe("ALR-6 effective period", () => {
  it("takes a time of day, also across midnight, with a zone or without", () => {
    for (const value of [
      "00:00-23:59",
      "22:00-06:00",
      "08:30-08:30",
      "00:00-23:59 +0800",
      "09:00-17:00 -0330",
    ])
      expect(texts(effectivePeriod, value), value).toEqual([]);
  });

  it("refuses anything else", () => {
    for (const value of [
      "",
      "24:00-01:00",
      "00:60-01:00",
      "0:00-1:00",
      "00:00",
      "00:00-01:00+0800",
      "a-b",
      5,
    ])
      expect(texts(effectivePeriod, value), String(value)).toHaveLength(1);
  });
});

describe("ALR-9 callback", () => {
  it("takes http and https URLs and never repeats one", () => {
    for (const value of ["http://a.example", "https://a.example:8443/x?y=z#f", "HTTPS://A.EXAMPLE/"])
      expect(texts(callbackUrl, value), value).toEqual([]);
    for (const value of ["", "a.example", "ftp://a.example/SECRET", "javascript:SECRET", "http://"]) {
      expect(texts(callbackUrl, value), value).toEqual(["must be an http or https URL with a host [ALR-9]"]);
    }
  });

  it("knows addresses that the Internet cannot reach", () => {
    for (const host of [
      "localhost",
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "[::1]",
      "[fd00::1]",
      "alerts",
      "a.internal",
    ])
      expect(isPrivateUrl(`http://${host}/x`), host).toBe(true);
    for (const host of ["example.com", "172.32.0.1", "11.0.0.1", "[2001:db8::1]", "10.example.com.cn"])
      expect(isPrivateUrl(`https://${host}/x`), host).toBe(false);
  });
});

describe("ALR-10 targets", () => {
  const scaling = "acs:ess:cn-hangzhou:1208:scalingGroupId/asg-1:scalingRuleId/asr-1";
  const log = "acs:log:cn-hangzhou:1208:project/ops/logstore/alerts";

  it("takes an ARN of its own kind only", () => {
    expect(texts(targetArn("autoScaling"), scaling)).toEqual([]);
    expect(texts(targetArn("logService"), log)).toEqual([]);
    expect(texts(targetArn("logService"), scaling)[0]).toContain("[ALR-10]");
    for (const text of [
      scaling,
      log,
      "acs:mns:cn-hangzhou:1:/queues/q/message",
      "acs:fc:cn-hangzhou:1:services/s/functions/f",
    ])
      expect(isTargetArn(text), text).toBe(true);
    for (const text of [
      "",
      "arn:aws:sns:x",
      log.slice(0, -7),
      `${scaling}:x`,
      "acs:log::1208:project/a/logstore/b",
    ])
      expect(isTargetArn(text), text).toBe(false);
  });
});
