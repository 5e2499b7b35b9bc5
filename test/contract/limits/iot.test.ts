import { describe, expect, it } from "vitest";
import {
  DEFAULT_GROUP_ID,
  defaultGroupRefusal,
  iotGroupName,
  iotProductName,
  iotRuleName,
  MESSAGE_TYPES,
} from "../../../contract/limits/iot.ts";
import { readable, saidOf } from "../../support/refusals.ts";

describe("name of an IoT consumer group", () => {
  it("IOT-1: 4 to 30 wide, and the message gives the width", () => {
    for (const name of ["abcd", "消费", "消ab", "a".repeat(30), "消".repeat(15), "ｶｷ", "𠮷𠮷", "ー々"]) {
      expect(saidOf(iotGroupName, name), name).toEqual([]);
    }
    const text = "must be 4 to 30 wide, a Chinese or Japanese character counting 2;";
    expect(saidOf(iotGroupName, "消费组A".slice(0, 1))).toEqual([`${text} "消" is 2 wide [IOT-1]`]);
    const long = `消费组A${"消".repeat(12)}`;
    expect(saidOf(iotGroupName, long)).toEqual([`${text} "${long}" is 31 wide [IOT-1]`]);
    expect(saidOf(iotGroupName, "")).toEqual([`${text} "" is 0 wide [IOT-1]`]);
    expect(saidOf(iotGroupName, undefined)).toEqual(["is required [IOT-1]"]);
    expect(saidOf(iotGroupName, 7)).toEqual(["must be a string, got a number [IOT-1]"]);
  });

  it("IOT-2: names the first character that it does not take", () => {
    const text = "must contain only Chinese, Japanese, English letters, digits, _;";
    expect(saidOf(iotGroupName, "ab-c d")).toEqual([`${text} "-" (U+002D) is none of these [IOT-2]`]);
    expect(saidOf(iotGroupName, "ｂcde")).toEqual([`${text} "ｂ" (U+FF42) is none of these [IOT-2]`]);
    expect(saidOf(iotGroupName, "abc\ud800")).toEqual([
      `${text} "\\ud800" (U+D800) is none of these [IOT-2]`,
    ]);
    expect(saidOf(iotGroupName, "abc_消ひカｶー々〆".slice(0, -1))).toEqual([]);
    expect(saidOf(iotGroupName, "-")).toHaveLength(2);
  });

  it("IOT-4: the default group is told from all others", () => {
    expect(readable(defaultGroupRefusal(DEFAULT_GROUP_ID))).toMatch(/DEFAULT_GROUP.*\[IOT-4\]$/);
    expect(defaultGroupRefusal("default_group")).toBeUndefined();
  });
});

describe("other names of IoT Platform", () => {
  it("a product is named like a group, without a rule's id", () => {
    expect(saidOf(iotProductName, "电表_1")).toEqual([]);
    expect(saidOf(iotProductName, "abc").join()).toMatch(/"abc" is 3 wide$/);
  });

  it("a rule has 1 to 30 characters, with hyphens", () => {
    expect(saidOf(iotRuleName, "a-1")).toEqual([]);
    expect(saidOf(iotRuleName, "规则")).toEqual([]);
    expect(saidOf(iotRuleName, "a b").join()).toContain('" " (U+0020)');
    expect(saidOf(iotRuleName, "a".repeat(31))).toHaveLength(1);
  });

  it("each message type has a flag of its own", () => {
    const flags = Object.values(MESSAGE_TYPES).map((type) => type.flag);
    expect(new Set(flags).size).toBe(flags.length);
    expect(flags.every((flag) => flag.endsWith("Flag"))).toBe(true);
  });
});
