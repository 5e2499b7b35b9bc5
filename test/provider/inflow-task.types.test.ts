import type { ConsumerGroup, InflowTask, InflowTaskArgs } from "pulumi-change-tracking";
import { describe, expectTypeOf, it } from "vitest";

/* What the compiler accepts and refuses; `npm test` compiles this file, so an expected error that is none fails there. */

const group = {} as ConsumerGroup;
const sink = { version: "5.x", instance: "rmq-cn-1", topic: "orders" } as const;
const byId = { instance: "dts1", groupId: "dtsg", account: "a", password: "p" };

describe("inflow tasks", () => {
  it("take a group, or its ids", () => {
    const right: InflowTaskArgs[] = [
      { source: { group }, sink },
      { source: { ...byId, consumerOffset: 1 }, sink: { ...sink, body: { form: "fixedValue", value: "x" } } },
    ];
    expectTypeOf(right).toBeArray();
    expectTypeOf<InflowTask["status"]>().not.toBeAny();
  });

  it("refuse what is missing, unknown or read-only", () => {
    const wrong: InflowTaskArgs[] = [
      // @ts-expect-error the sink is missing
      { source: { group } },
      // @ts-expect-error the password is missing
      { source: { instance: "dts1", groupId: "dtsg", account: "a" }, sink },
      // @ts-expect-error read-only [MQ-6]
      { source: { group, accessMethod: "RDS" }, sink },
      // @ts-expect-error no such version [MQ-7]
      { source: { group }, sink: { ...sink, version: "3.x" } },
      // @ts-expect-error properties take no fixed value [MQ-9]
      { source: { group }, sink: { ...sink, properties: { form: "fixedValue", value: "x" } } },
      // @ts-expect-error key takes no complete data [MQ-10]
      { source: { group }, sink: { ...sink, key: { form: "completeData" } } },
      // @ts-expect-error no such policy [MQ-14]
      { source: { group }, sink, retryPolicy: "often" },
      // @ts-expect-error no such state
      { source: { group }, sink, state: "stopped" },
    ];
    expectTypeOf(wrong).toBeArray();
  });
});
