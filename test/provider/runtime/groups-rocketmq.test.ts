import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../../provider/runtime/api/errors.ts";
import { lookUpGroup } from "../../../provider/runtime/look-up.ts";
import type { Properties } from "../../../provider/runtime/resource.ts";
import { startService, type TestService } from "../../support/service.ts";
import {
  create,
  failureOf,
  iotByHand,
  queuesByHand,
  REGION,
  refresh,
  remove,
  runOn,
  update,
} from "../support/groups.ts";

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
      // Nothing listens here for clients yet, so no address is given.
      connection: { protocol: "RocketMQ 5 gRPC", endpoints: {} },
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

  it("changed by hand comes back as inputs, in the words of the program", async () => {
    const made = await create(runOn(service), "g", group("orders"));
    await hand.changeGroup5(instance, "orders", {
      deliveryOrderType: "Orderly",
      consumeRetryPolicy: { retryPolicy: "FixedRetryPolicy", maxRetryTimes: 3, fixedIntervalRetryTime: 5 },
      remark: "by hand",
    });
    const read = await refresh(runOn(service), made);
    expect(read.props).toMatchObject({
      deliveryOrder: "ordered",
      retryPolicy: { type: "fixed", intervalSeconds: 5, maxRetries: 3 },
      remark: "by hand",
      afterLastRetry: "discard",
    });
    const back = await update(runOn(service), "g", read, group("orders"));
    expect(await hand.group5(instance, "orders")).toMatchObject({
      deliveryOrderType: "Concurrently",
      remark: "",
    });
    expect((await refresh(runOn(service), back)).props).toEqual(back.props);
  });

  it("RMQ-1: a taken name is refused, and taken over with adoptExisting as declared", async () => {
    await hand.makeGroup5(instance, "orders");
    expect(await failureOf(create(runOn(service), "g", group("orders")))).toMatch(
      /has a consumer group of this name.*\[RMQ-1\] \[AlreadyExists\]$/,
    );
    const wanted = group("orders", { adoptExisting: true, deliveryOrder: "ordered" });
    await create(runOn(service), "g", wanted);
    expect(await hand.group5(instance, "orders")).toMatchObject({ deliveryOrderType: "Orderly" });
  });

  it.each([true, false])("an answer that was lost is settled by a look, work done: %s", async (isDone) => {
    const run = runOn(service);
    const real = run.api.call;
    let lost = 0;
    Object.assign(run.api, {
      call: async (...given: Parameters<typeof real>) => {
        if (given[0].action !== "CreateConsumerGroup" || lost++ > 0) return real(...given);
        if (isDone) await real(...given);
        throw new ApiError(given[0].action, { kind: "lost", code: "ECONNRESET", message: "told to" });
      },
    });
    const made = await create(run, "g", group("orders"));
    expect(made.props.status).toMatchObject({ state: "RUNNING" });
    expect(lost).toBe(isDone ? 1 : 2);
  });

  it("a dead-letter topic that does not exist is named, and nothing is made", async () => {
    const wanted = group("orders", { afterLastRetry: { deadLetterTopic: "nowhere" } });
    expect(await failureOf(create(runOn(service), "g", wanted))).toMatch(/no topic "nowhere".*\[RMQ-4\]/);
    expect(await hand.group5(instance, "orders")).toBeUndefined();
  });

  it("is gone for a read when its instance is, and a delete of it succeeds", async () => {
    const made = await create(runOn(service), "g", group("orders"));
    await service.admin("POST", "reset");
    expect((await refresh(runOn(service), made)).id).toBe("");
    await remove(runOn(service), made);
  });
});

describe("4.x", () => {
  const group4 = (on: string, more: Properties = {}): Properties => {
    const { afterLastRetry: _, ...inputs } = group("GID_orders", { version: "4.x", instance: on, ...more });
    return inputs;
  };

  it("is made, read back and deleted; a remark replaces, since the API has no update", async () => {
    const on = await hand.instance4("orders-instance");
    const made = await create(runOn(service), "g", group4(on, { remark: "orders" }));
    expect(await hand.groups4(on)).toEqual(["GID_orders"]);
    expect(made.props).toMatchObject({
      connection: { userName: "<access key id>", endpoints: {} },
    });
    expect((await refresh(runOn(service), made)).props).toEqual(made.props);
    const changed = update(runOn(service), "g", made, group4(on, { remark: "other" }));
    expect(await failureOf(changed)).toBe("replaces remark");
    await remove(runOn(service), made);
    expect(await hand.groups4(on)).toEqual([]);
  });

  it("RMQ-1: a taken name is refused, and taken over with adoptExisting", async () => {
    const on = await hand.instance4("orders-instance");
    await hand.ons("OnsGroupCreate", { InstanceId: on, GroupId: "GID_orders" });
    expect(await failureOf(create(runOn(service), "g", group4(on)))).toMatch(/\[AlreadyExists\]$/);
    expect((await create(runOn(service), "g", group4(on, { adoptExisting: true }))).id).toBe("GID_orders");
  });
});

describe("look-ups", () => {
  const read = (key: string) => (key === "changetracking:endpoint" ? service.url : undefined);

  it("find groups of RocketMQ and IoT Platform, and say what is not there", async () => {
    const things = iotByHand(service);
    await create(runOn(service), "g", group("orders"));
    const id = await things.group("消费组A");
    const queue = { platform: "rocketmq", version: "5.x", instance, region: "cn-hangzhou" };
    expect(await lookUpGroup(read, { ...queue, name: "orders" })).toMatchObject({
      groupId: "orders",
      deliveryOrder: "concurrent",
      afterLastRetry: "discard",
      connection: { protocol: "RocketMQ 5 gRPC" },
    });
    const thing = { platform: "iot", region: REGION };
    expect(await lookUpGroup(read, { ...thing, name: "消费组A" })).toMatchObject({
      groupId: id,
      name: "消费组A",
    });
    expect(await lookUpGroup(read, { ...thing, groupId: id })).toMatchObject({ name: "消费组A" });
    expect(await failureOf(lookUpGroup(read, { ...thing, name: "none_here" }))).toMatch(/\[NotFound\]$/);
    expect(await failureOf(lookUpGroup(read, { ...queue, name: "none" }))).toMatch(/\[NotFound\]$/);
  });
});
