import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  deliveryOrder,
  fixedIntervalRefusal,
  groupName4,
  groupName5,
  maxRetries,
  retryPolicyName,
  topicName4,
  topicName5,
} from "../../../contract/limits/rocketmq.ts";
import { readable, saidOf } from "../../support/refusals.ts";

describe("names of groups (RMQ-2)", () => {
  it("give limit, value and rule", () => {
    expect(saidOf(groupName5, "a".repeat(61))).toEqual(["must be 1 to 60 characters long, got 61 [RMQ-2]"]);
    expect(saidOf(groupName5, "a b")).toEqual([
      'must contain only letters, digits, _, - and %, got "a b" [RMQ-2]',
    ]);
    expect(saidOf(groupName4, "a")).toEqual(["must be 2 to 64 characters long, got 1 [RMQ-2]"]);
    expect(saidOf(groupName4, "a%b")).toEqual([
      'must contain only letters, digits, - and _, got "a%b" [RMQ-2]',
    ]);
    expect(saidOf(groupName5, undefined)).toEqual(["is required [RMQ-2]"]);
    expect(saidOf(groupName4, 4)).toEqual(["must be a string, got a number [RMQ-2]"]);
  });

  it("agree with another way of telling, for any text", () => {
    const name = fc.oneof(
      fc.string({ unit: fc.constantFrom("a", "Z", "0", "_", "-", "%", " ", "é", "组", "\n"), maxLength: 70 }),
      fc.string({ unit: "binary", maxLength: 8 }),
    );
    fc.assert(
      fc.property(name, (text) => {
        expect(saidOf(groupName5, text).length === 0).toBe(
          /^[\w%-]{1,60}$/.test(text) && !text.includes("\n"),
        );
        expect(saidOf(groupName4, text).length === 0).toBe(
          /^[\w-]{2,64}$/.test(text) && !text.includes("\n"),
        );
      }),
    );
  });
});

describe("names of topics", () => {
  it("have limits of their own", () => {
    for (const good of ["a", "a".repeat(60), "DLQ%a"]) expect(saidOf(topicName5, good)).toEqual([]);
    for (const bad of ["", "a".repeat(61), "a b"]) expect(saidOf(topicName5, bad)).toHaveLength(1);
    for (const good of ["abc", "a".repeat(64)]) expect(saidOf(topicName4, good)).toEqual([]);
    for (const bad of ["ab", "a".repeat(65), "GID_a", "CID-a", "a%b"])
      expect(saidOf(topicName4, bad)).toHaveLength(1);
  });
});

describe("delivery and retry", () => {
  it("take the published words and tell the one that was meant (RMQ-3, RMQ-4)", () => {
    expect(saidOf(deliveryOrder, "orderly")[0]).toMatch(/did you mean Orderly\? \[RMQ-3\]$/);
    expect(saidOf(retryPolicyName, "x")[0]).toMatch(/\[RMQ-4\]$/);
    expect(saidOf(maxRetries, 1001)).toEqual(["must be a whole number from 0 to 1000, got 1001 [RMQ-4]"]);
    for (const good of [0, 1000]) expect(saidOf(maxRetries, good)).toEqual([]);
  });

  it("judge the fixed interval by the order (RMQ-5)", () => {
    for (const [order, seconds] of [
      ["Concurrently", 10],
      ["Concurrently", 1800],
      ["Orderly", 1],
      ["Orderly", 600],
    ] as const) {
      expect(fixedIntervalRefusal(order, seconds)).toBeUndefined();
    }
    expect(readable(fixedIntervalRefusal("Concurrently", 9))).toBe(
      "must be a whole number from 10 to 1800 seconds with Concurrently delivery, got 9 [RMQ-5]",
    );
    for (const seconds of [0, 601, 1.5, Number.NaN])
      expect(readable(fixedIntervalRefusal("Orderly", seconds))).toContain("[RMQ-5]");
  });
});
