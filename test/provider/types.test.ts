import type * as pulumi from "@pulumi/pulumi";
import {
  type ChangeTrackingInstance,
  type ChangeTrackingInstanceArgs,
  ConsumerGroup,
  type ConsumerGroupArgs,
  getChangeTrackingInstance,
  getConsumerGroup,
} from "pulumi-change-tracking";
import { describe, expect, expectTypeOf, it } from "vitest";
import { reachedFrom, sources } from "../support/sources.ts";

/*
 * What the compiler accepts and refuses; `npm test` compiles this file, so an expected error that is none fails there.
 * Functions that are never called hold what would need an engine.
 */

const orders = {} as ChangeTrackingInstance;
const secret = {} as pulumi.Output<string>;

const source = { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1" } as const;
const instance: ChangeTrackingInstanceArgs = { source, objects: { shop: {} } };
const group: ConsumerGroupArgs = {
  platform: "changeTracking",
  instance: "dts1",
  account: "a",
  password: "p",
};

describe("instances", () => {
  it("take plain values, outputs and promises", () => {
    expectTypeOf<{
      source: typeof source;
      objects: { shop: { tables: string[] } };
    }>().toExtend<ChangeTrackingInstanceArgs>();
    expectTypeOf<pulumi.Output<string>>().toExtend<NonNullable<ChangeTrackingInstanceArgs["name"]>>();
    expectTypeOf<Promise<number>>().toExtend<NonNullable<ChangeTrackingInstanceArgs["startAt"]>>();
  });

  it("refuse what is missing, unknown or of another type", () => {
    const wrong: ChangeTrackingInstanceArgs[] = [
      // @ts-expect-error objects are missing
      { source },
      // @ts-expect-error the source is missing
      { objects: { shop: {} } },
      // @ts-expect-error no such engine
      { ...instance, source: { ...source, engine: "SQLite" } },
      // @ts-expect-error no such access method
      { ...instance, source: { ...source, accessMethod: "Telepathy" } },
      // @ts-expect-error the port is a number
      { ...instance, source: { ...source, port: "3306" } },
      // @ts-expect-error payment is PostPaid or PrePaid
      { ...instance, payType: "Free" },
      // @ts-expect-error a period has a unit and a count
      { ...instance, payType: "PrePaid", period: 3 },
      // @ts-expect-error a date is given as text or seconds
      { ...instance, startAt: new Date() },
      // @ts-expect-error tables are a list or "all"
      { ...instance, objects: { shop: { tables: "orders" } } },
      // @ts-expect-error no such input
      { ...instance, nmae: "orders" },
      // @ts-expect-error timeouts are seconds
      { ...instance, timeouts: { create: "30m" } },
    ];
    expectTypeOf(wrong).toBeArray();
  });

  it("have typed outputs", () => {
    expectTypeOf<ChangeTrackingInstance["instanceId"]>().toEqualTypeOf<pulumi.Output<string>>();
    expectTypeOf<ChangeTrackingInstance["brokers"]["vpc"]>().toEqualTypeOf<pulumi.Output<string>>();
    // @ts-expect-error a password is an input only
    type _Password = ChangeTrackingInstance["password"];
  });
});

describe("groups", () => {
  it("take the instance as a resource, an id or an output of one", () => {
    const given: ConsumerGroupArgs[] = [
      group,
      { ...group, instance: orders },
      { ...group, instance: orders.instanceId, password: secret },
    ];
    expectTypeOf(given).toBeArray();
  });

  it("refuse what is missing, unknown or of another type", () => {
    const wrong: ConsumerGroupArgs[] = [
      // @ts-expect-error no such platform
      { ...group, platform: "elsewhere" },
      // @ts-expect-error the account and the password are missing
      { platform: "changeTracking", instance: orders },
      // @ts-expect-error an instance is a resource or an id
      { ...group, instance: 42 },
      // @ts-expect-error no such consumption mode
      { ...group, consumptionMode: "telepathy" },
      // @ts-expect-error no such input
      { ...group, pasword: "p" },
    ];
    expectTypeOf(wrong).toBeArray();
    // @ts-expect-error a group is no instance
    const _nested = (one: ConsumerGroup): ConsumerGroupArgs => ({ ...group, instance: one });
    // @ts-expect-error inputs are not optional
    const _without = () => new ConsumerGroup("billing");
  });
});

describe("look-ups", () => {
  it("have typed results and refuse what they do not know", () => {
    const _found = () => {
      expectTypeOf(getChangeTrackingInstance({ name: "orders" }).tags).toEqualTypeOf<
        pulumi.Output<Readonly<Record<string, string>>>
      >();
      expectTypeOf(getConsumerGroup({ instance: orders, name: "a" }).status.connected).toEqualTypeOf<
        pulumi.Output<boolean>
      >();
      // @ts-expect-error the instance is missing
      getConsumerGroup({ name: "a" });
      // @ts-expect-error no such field
      getChangeTrackingInstance({ title: "orders" });
    };
  });
});

it("the published types need no zod", () => {
  const reached = reachedFrom(["provider/index.ts"], sources("provider", "contract"));
  expect([...reached].filter((path) => path === "zod" || path.startsWith("provider/schema/"))).toEqual([]);
  expect(reached).toContain("provider/args/alert-rule.ts");
});
