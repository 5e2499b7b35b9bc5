import type * as pulumi from "@pulumi/pulumi";
import { type ConsumerGroupArgs, getConsumerGroup } from "pulumi-change-tracking";
import { describe, expectTypeOf, it } from "vitest";

/* What the compiler accepts and refuses of each platform; `npm test` compiles this file. */

const text = {} as pulumi.Output<string>;

describe("groups of every platform", () => {
  it("take what the platform has", () => {
    const right: ConsumerGroupArgs[] = [
      { platform: "changeTracking", instance: "dts1", account: "a", password: text },
      { platform: "rocketmq", version: "5.x", instance: text, afterLastRetry: "discard" },
      {
        platform: "rocketmq",
        version: "5.x",
        instance: "rmq-1",
        deliveryOrder: "ordered",
        retryPolicy: { type: "fixed", intervalSeconds: 600, maxRetries: 3 },
        afterLastRetry: { deadLetterTopic: text },
      },
      { platform: "rocketmq", version: "4.x", instance: "MQ_INST_1", groupType: "http", remark: "r" },
      { platform: "iot" },
      {
        platform: "iot",
        iotInstanceId: text,
        subscriptions: [
          { productKey: text, messageTypes: ["deviceData", "otaJob"], whenLast: "deleteSubscription" },
        ],
      },
    ];
    void right;
  });

  it("refuse a combination that the platform does not have", () => {
    const wrong: ConsumerGroupArgs[] = [
      // @ts-expect-error what becomes of a message after its last retry has to be said on 5.x
      { platform: "rocketmq", version: "5.x", instance: "i" },
      // @ts-expect-error a 4.x server takes the order from the client
      { platform: "rocketmq", version: "4.x", instance: "i", deliveryOrder: "ordered" },
      // @ts-expect-error a 4.x server takes retries from the client
      { platform: "rocketmq", version: "4.x", instance: "i", retryPolicy: { type: "default" } },
      // @ts-expect-error a 4.x server keeps dead letters of its own
      { platform: "rocketmq", version: "4.x", instance: "i", afterLastRetry: "discard" },
      // @ts-expect-error the protocol is for 4.x
      { platform: "rocketmq", version: "5.x", instance: "i", afterLastRetry: "discard", groupType: "tcp" },
      // @ts-expect-error there is no such version
      { platform: "rocketmq", version: "3.x", instance: "i" },
      // @ts-expect-error the version says which of the two APIs
      { platform: "rocketmq", instance: "i", afterLastRetry: "discard" },
      // @ts-expect-error accounts are of change tracking
      { platform: "iot", account: "a" },
      // @ts-expect-error subscriptions are of IoT Platform
      { platform: "rocketmq", version: "4.x", instance: "i", subscriptions: [] },
      // @ts-expect-error there are no such messages
      { platform: "iot", subscriptions: [{ productKey: "a", messageTypes: ["weather"] }] },
      // @ts-expect-error a group of change tracking needs an account and a password
      { platform: "changeTracking", instance: "dts1" },
      // @ts-expect-error there is no such platform
      { platform: "kafka" },
    ];
    void wrong;
  });
});

describe("look-ups", () => {
  it("tell what the platform tells", () => {
    const never = () => {
      const things = getConsumerGroup({ platform: "iot", name: "g" });
      const queue = getConsumerGroup({ platform: "rocketmq", version: "5.x", instance: "i", name: "g" });
      const tracking = getConsumerGroup({ instance: "dts1", name: "g" });
      expectTypeOf(things.groupId).toEqualTypeOf<pulumi.Output<string>>();
      expectTypeOf(queue.version).toEqualTypeOf<pulumi.Output<"5.x" | "4.x">>();
      expectTypeOf(tracking.account).toEqualTypeOf<pulumi.Output<string>>();
      // @ts-expect-error a RocketMQ group is on an instance
      getConsumerGroup({ platform: "rocketmq", version: "5.x", name: "g" });
    };
    void never;
  });
});
