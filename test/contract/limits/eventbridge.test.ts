import { describe, expect, it } from "vitest";
import {
  deadLetterRefusal,
  functionArn,
  INFLOW_REGIONS,
  offsetRefusal,
  offsetSeconds,
  regionRefusal,
} from "../../../contract/limits/eventbridge.ts";
import { readable } from "../../support/refusals.ts";

describe("consumer offsets", () => {
  it.each<[string, number | string, string | undefined, number | undefined]>([
    ["seconds", 1_655_740_800, undefined, 1_655_740_800],
    ["seconds as text", "1655740800", undefined, 1_655_740_800],
    ["zero", 0, undefined, 0],
    ["a local time in the regions' zone", "2022-06-21 00:00:00", undefined, 1_655_740_800],
    ["a local time in a stated zone", "2022-06-21 00:00:00", "Z", 1_655_769_600],
    ["a local time west of Greenwich", "2022-06-21 00:00:00", "-05:00", 1_655_787_600],
    ["ISO 8601", "2022-06-20T16:00:00Z", undefined, 1_655_740_800],
    ["ISO 8601 with an offset", "2022-06-21T00:00:00+08:00", undefined, 1_655_740_800],
    ["ISO 8601 with a fraction", "2022-06-20T16:00:00.999Z", undefined, 1_655_740_800],
    ["ISO 8601 without a zone", "2022-06-21T00:00:00", undefined, undefined],
    ["a day alone", "2022-06-21", undefined, undefined],
    ["31 February", "2022-02-31 00:00:00", undefined, undefined],
    ["hour 24", "2022-06-21 25:00:00", undefined, undefined],
    ["a fraction of a second", 1.5, undefined, undefined],
    ["a negative number", -1, undefined, undefined],
    ["milliseconds", 1_655_740_800_000, undefined, undefined],
    ["before the epoch", "1969-12-31 00:00:00", undefined, undefined],
    ["words", "yesterday", undefined, undefined],
    ["nothing", "", undefined, undefined],
  ])("MQ-4: %s", (_, value, zone, seconds) => {
    expect(offsetSeconds(value, zone)).toBe(seconds);
  });

  it("MQ-4: lies in the data range, bounds included; before anything is tracked nothing is judged", () => {
    const range = { beginSeconds: 10, endSeconds: 20 };
    expect([10, 15, 20].map((at) => offsetRefusal(at, range))).toEqual([undefined, undefined, undefined]);
    for (const at of [9, 21])
      expect(readable(offsetRefusal(at, range))).toMatch(/10 to 20.*got \d+ \[MQ-4\]$/);
    expect(offsetRefusal(5, { beginSeconds: 0, endSeconds: 0 })).toBeUndefined();
  });
});

describe("places", () => {
  it("MQ-1: eight regions and no other", () => {
    expect(INFLOW_REGIONS.map(regionRefusal)).toEqual(Array(8).fill(undefined));
    for (const region of ["cn-zhangjiakou", "us-west-1", "CN-HANGZHOU", ""]) {
      expect(readable(regionRefusal(region))).toMatch(/\[MQ-1\]$/);
    }
  });

  it.each([
    ["acs:mns:cn-hangzhou:1:/queues/dead", true],
    ["acs:mns:cn-hangzhou:1:queues/dead", true],
    ["acs:mq:cn-hangzhou:1:/instances/rmq-1/topic/dead", true],
    ["acs:alikafka:cn-hangzhou:1:instance/k/topic/dead", true],
    ["acs:eventbridge:cn-hangzhou:1:eventbus/dead", true],
    ["acs:mq:cn-hangzhou:1:/instances/rmq-1/topic/orders", false],
    ["acs:mq:cn-hangzhou:1:instances/rmq-1/topic/orders", false],
    ["acs:ram::1:role/dead", false],
    ["acs:mns:cn-hangzhou:1:/topics/dead", false],
    ["dead", false],
    ["", false],
  ])("MQ-14: %s as dead-letter queue beside the sink orders of rmq-1", (arn, allowed) => {
    const refused = deadLetterRefusal(arn, { instance: "rmq-1", topic: "orders" });
    if (allowed) expect(refused).toBeUndefined();
    else expect(readable(refused)).toMatch(/\[MQ-14\]$/);
  });

  it.each([
    ["acs:fc:cn-hangzhou:1:services/demo.LATEST/functions/clean", true],
    ["acs:fc:cn-hangzhou:1:functions/clean", true],
    ["acs:fc:cn-hangzhou:1:services/demo", false],
    ["clean", false],
  ])("MQ-15: %s as function", (arn, allowed) => {
    expect(functionArn.safeParse(arn).success).toBe(allowed);
  });
});
