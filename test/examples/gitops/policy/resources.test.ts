import type * as pulumi from "@pulumi/pulumi";
import { expect, expectTypeOf, it } from "vitest";
import {
  type GroupProps,
  isAlertRule,
  isConsumerGroup,
  isInflowTask,
  isInstance,
  known,
  type Platform,
  stackOf,
} from "../../../../examples/gitops/policy/resources.ts";
import type { AlertRuleArgs } from "../../../../provider/args/alert-rule.ts";
import type { ConsumerGroupArgs } from "../../../../provider/args/consumer-group.ts";
import { typeToken } from "../../../../provider/identity.ts";

it("each kind is told by the type that the provider gives it", () => {
  const kinds = ["ChangeTrackingInstance", "ConsumerGroup", "InflowTask", "AlertRule"] as const;
  const askers = [isInstance, isConsumerGroup, isInflowTask, isAlertRule];
  const answers = kinds.map((kind) => askers.map((ask) => ask({ type: typeToken(kind) })));
  expect(answers).toEqual(kinds.map((_, index) => askers.map((_one, other) => other === index)));
  expect(isConsumerGroup({ type: "pulumi-nodejs:dynamic/other:ConsumerGroup" })).toBe(false);
});

it("what policies read has the types that the provider's inputs have", () => {
  expectTypeOf<ConsumerGroupArgs["platform"]>().toEqualTypeOf<Platform>();
  expectTypeOf<AlertRuleArgs["product"]>().toEqualTypeOf<Platform>();
  expectTypeOf<pulumi.Unwrap<NonNullable<ConsumerGroupArgs["forceUnsubscribe"]>>>().toEqualTypeOf<
    NonNullable<GroupProps["forceUnsubscribe"]>
  >();
});

it("the stack is read from the URN, and of something else there is none", () => {
  expect(stackOf("urn:pulumi:cloud::gitops::pulumi:pulumi:Stack::gitops-cloud")).toBe("cloud");
  expect(stackOf("cloud")).toBe("");
});

it("only what a preview does not know is taken for unknown; other errors go on", () => {
  const fail = (message: string) => () => {
    throw new Error(message);
  };
  expect(known(fail("string value at .name can't be known during preview"))).toBeUndefined();
  expect(() => known(fail("no such thing"))).toThrow("no such thing");
  expect(known(() => 7)).toBe(7);
});
