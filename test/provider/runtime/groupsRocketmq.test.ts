import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../provider/runtime/resource.ts";
import { startService, type TestService } from "../../support/service.ts";
import { create, failureOf, queuesByHand, refresh, remove, runOn, update } from "../support/groups.ts";

/* Groups of RocketMQ 5.x against the real service, without the CLI: what it holds is looked at afterwards. */

let service: TestService;
let hand: ReturnType<typeof queuesByHand>;
let instance: string;

beforeAll(async () => {
  service = await startService();
  hand = queuesByHand(service);
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("POST", "reset");
  instance = await hand.instance5();
});

const group = (name: string, more: Properties = {}): Properties => ({
  platform: "rocketmq",
  version: "5.x",
  instance,
  name,
  region: "cn-hangzhou",
  afterLastRetry: "discard",
  ...more,
});

describe("5.x", () => {
  it("is made as declared, changed in place, read back and deleted", async () => {
    await hand.topic5(instance, "dead");
    const made = await create(runOn(service), "g", group("GID%orders"));
    expect(made.id).toBe("GID%orders");
    expect(await hand.group5(instance, "GID%orders")).toMatchObject({
      deliveryOrderType: "Concurrently",
      status: "RUNNING",
      consumeRetryPolicy: { retryPolicy: "DefaultRetryPolicy", maxRetryTimes: 16 },
    });
    expect(made.props).toMatchObject({
      groupId: "GID%orders",
      status: { state: "RUNNING", connected: false, topics: [] },
      connection: { protocol: "RocketMQ 5 gRPC", endpoints: { vpc: expect.stringContaining(instance) } },
    });
    const changed = await update(
      runOn(service),
      "g",
      made,
      group("GID%orders", {
        deliveryOrder: "ordered",
        retryPolicy: { type: "fixed", intervalSeconds: 600, maxRetries: 0 },
        afterLastRetry: { deadLetterTopic: "dead" },
        remark: "orders",
      }),
    );
    expect(await hand.group5(instance, "GID%orders")).toMatchObject({
      deliveryOrderType: "Orderly",
      remark: "orders",
      consumeRetryPolicy: {
        retryPolicy: "FixedRetryPolicy",
        fixedIntervalRetryTime: 600,
        maxRetryTimes: 0,
        deadLetterTargetTopic: "dead",
      },
    });
    const back = await update(runOn(service), "g", changed, group("GID%orders"));
    const now = await hand.group5(instance, "GID%orders");
    expect(now).toMatchObject({ deliveryOrderType: "Concurrently" });
    expect(now?.consumeRetryPolicy).not.toHaveProperty("deadLetterTargetTopic");
    const read = await refresh(runOn(service), back);
    expect(read).toEqual(back);
    await remove(runOn(service), back);
    expect(await hand.group5(instance, "GID%orders")).toBeUndefined();
    await remove(runOn(service), back);
  });
});

void failureOf;
