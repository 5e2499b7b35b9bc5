import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { groupNames, type Queues, type Roa, retry, runningInstance, startQueues } from "./support/service.ts";

let queues: Queues;
let roa: Roa;
let id: string;
beforeAll(async () => {
  queues = await startQueues();
  roa = queues.roa;
});
afterAll(() => queues.stop());
beforeEach(async () => {
  await queues.service.admin("POST", "reset");
  id = await runningInstance(roa);
});

const path = (group: string, instanceId = id) =>
  `/instances/${instanceId}/consumerGroups/${encodeURIComponent(group)}`;
const create = (group: string, more: object = {}, instanceId = id) =>
  roa("POST", path(group, instanceId), {
    body: { deliveryOrderType: "Concurrently", consumeRetryPolicy: retry, ...more },
  });
const detail = async (group: string) => (await roa("GET", path(group))).data as Record<string, unknown>;

async function refuses(call: Promise<unknown>, code: string, rule: string): Promise<void> {
  await expect(call).rejects.toMatchObject({ code, message: expect.stringContaining(`[${rule}]`) });
}

describe("consumer groups", () => {
  it("RMQ-1 service: a name is unique in its instance, and free in another one", async () => {
    await create("GID_a", { remark: "first" });
    await refuses(create("GID_a"), "ConsumerGroup.Existed", "RMQ-1");
    expect(await groupNames(roa, id)).toEqual(["GID_a"]);
    expect((await detail("GID_a")).remark).toBe("first");
    const other = await runningInstance(roa);
    await create("GID_a", {}, other);
    await create("gid_a");
    await roa("DELETE", path("GID_a"));
    await create("GID_a");
  });

  it("RMQ-1 service: of two equal creates at once exactly one wins", async () => {
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.allSettled([create(`g${round}`), create(`g${round}`)]);
      expect(results.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    }
  });

  it("RMQ-2 service: 1 to 60 letters, digits, _, - and %", async () => {
    for (const name of ["a".repeat(61), "a b", "a.b", "Gruppe-ä", "组", "a/b"]) {
      await refuses(create(name), "InvalidConsumerGroupId", "RMQ-2");
    }
    expect(await groupNames(roa, id)).toEqual([]);
    for (const name of ["a".repeat(60), "a", "G_-%9", "GID%41x"]) {
      await create(name);
      expect((await detail(name)).consumerGroupId).toBe(name);
    }
  });

  it("RMQ-3 service: ordered or concurrent, concurrent by default", async () => {
    await refuses(create("a", { deliveryOrderType: "Sometimes" }), "InvalidDeliveryOrderType", "RMQ-3");
    await refuses(create("a", { deliveryOrderType: "orderly" }), "InvalidDeliveryOrderType", "RMQ-3");
    expect(await groupNames(roa, id)).toEqual([]);
    await create("a", { deliveryOrderType: "Orderly" });
    await create("b", { deliveryOrderType: undefined });
    expect((await detail("a")).deliveryOrderType).toBe("Orderly");
    expect((await detail("b")).deliveryOrderType).toBe("Concurrently");
    const change = { deliveryOrderType: "Sometimes", consumeRetryPolicy: retry };
    await refuses(roa("PATCH", path("a"), { body: change }), "InvalidDeliveryOrderType", "RMQ-3");
    expect((await detail("a")).deliveryOrderType).toBe("Orderly");
  });

  it("RMQ-4 service: 0 to 1000 retries, then a dead-letter topic that exists, or nothing", async () => {
    const tries = (maxRetryTimes: unknown) => ({ consumeRetryPolicy: { ...retry, maxRetryTimes } });
    for (const times of [-1, 1001, 1.5]) {
      await refuses(create("a", tries(times)), "InvalidMaxRetryTimes", "RMQ-4");
    }
    const unknown = { consumeRetryPolicy: { ...retry, retryPolicy: "Never" } };
    await refuses(create("a", unknown), "InvalidRetryPolicy", "RMQ-4");
    const dead = { consumeRetryPolicy: { ...retry, deadLetterTargetTopic: "DLQ" } };
    await expect(create("a", dead)).rejects.toMatchObject({ code: "InvalidDeadLetterTargetTopic" });
    expect(await groupNames(roa, id)).toEqual([]);
    await create("none", tries(0));
    await create("most", tries(1000));
    expect((await detail("none")).consumeRetryPolicy).toEqual({ ...retry, maxRetryTimes: 0 });
    expect((await detail("most")).consumeRetryPolicy).toEqual({ ...retry, maxRetryTimes: 1000 });
    await refuses(roa("PATCH", path("most"), { body: tries(1001) }), "InvalidMaxRetryTimes", "RMQ-4");
    await roa("POST", `/instances/${id}/topics/DLQ`, { body: { messageType: "NORMAL" } });
    await create("dead", dead);
    expect((await detail("dead")).consumeRetryPolicy).toMatchObject({ deadLetterTargetTopic: "DLQ" });
  });

  it.each([
    ["Concurrently", 9, 10, 1801, 1800],
    ["Orderly", 0, 1, 601, 600],
  ])("RMQ-5 service: the fixed interval of %s delivery", async (order, low, min, high, max) => {
    const fixed = (seconds: number) => ({
      deliveryOrderType: order,
      consumeRetryPolicy: { ...retry, retryPolicy: "FixedRetryPolicy", fixedIntervalRetryTime: seconds },
    });
    for (const seconds of [low, high, min + 0.5]) {
      await refuses(create("a", fixed(seconds)), "InvalidFixedIntervalRetryTime", "RMQ-5");
    }
    expect(await groupNames(roa, id)).toEqual([]);
    await create("a", fixed(min));
    await create("b", fixed(max));
    const body = fixed(high);
    await refuses(roa("PATCH", path("a"), { body }), "InvalidFixedIntervalRetryTime", "RMQ-5");
    expect((await detail("a")).consumeRetryPolicy).toMatchObject({ fixedIntervalRetryTime: min });
  });

  it("RMQ-5 service: an update without an order is judged by the order that the group has", async () => {
    await create("a", { deliveryOrderType: "Orderly" });
    const fixed = { ...retry, retryPolicy: "FixedRetryPolicy", fixedIntervalRetryTime: 601 };
    const body = { consumeRetryPolicy: fixed };
    await refuses(roa("PATCH", path("a"), { body }), "InvalidFixedIntervalRetryTime", "RMQ-5");
    expect((await detail("a")).consumeRetryPolicy).toEqual(retry);
    await roa("PATCH", path("a"), { body: { consumeRetryPolicy: { ...fixed, fixedIntervalRetryTime: 1 } } });
    expect((await detail("a")).consumeRetryPolicy).toMatchObject({ fixedIntervalRetryTime: 1 });
  });

  it("RMQ-6 service: a 5.x group tells its order and retry to whoever delivers for it", async () => {
    const fixed = { retryPolicy: "FixedRetryPolicy", maxRetryTimes: 3, fixedIntervalRetryTime: 20 };
    await create("a", { deliveryOrderType: "Orderly", consumeRetryPolicy: fixed });
    const port = queues.service.running?.kernel.ports.find("queues5");
    expect(port?.instance(id)).toEqual({ instanceId: id, version: "5.x", region: "cn-hangzhou" });
    expect(port?.group?.(id, "a")).toEqual({
      instanceId: id,
      groupId: "a",
      order: "Orderly",
      maxRetries: 3,
      fixedIntervalSeconds: 20,
    });
  });
});

describe("automatic creation", () => {
  const shown = async (one: Queues) => JSON.stringify(await one.service.admin("GET", "status"));

  it("RMQ-9 service: is off by default and shown; nobody gets a group that was not declared", async () => {
    expect(await shown(queues)).toContain('"autoCreateGroups":false');
    await expect(roa("GET", path("later"))).rejects.toMatchObject({ code: "ConsumerGroup.NotFound" });
    const port = queues.service.running?.kernel.ports.find("queues5");
    expect(port?.groupForClient?.(id, "later")).toBeUndefined();
    expect(await groupNames(roa, id)).toEqual([]);
  });

  it("RMQ-9 service: switched on, a client's group is made and the setting is shown", async () => {
    const settings = { rooms: { rocketmq: { autoCreateGroups: true } } };
    const test = await startQueues({ settings });
    try {
      expect(await shown(test)).toContain('"autoCreateGroups":true');
      const instance = await runningInstance(test.roa);
      const port = test.service.running?.kernel.ports.find("queues5");
      expect(port?.groupForClient?.(instance, "later")).toMatchObject({ order: "Concurrently" });
      expect(port?.groupForClient?.(instance, "not a name")).toBeUndefined();
      expect(await groupNames(test.roa, instance)).toEqual(["later"]);
    } finally {
      await test.stop();
    }
    const wrong = startQueues({ settings: { rooms: { rocketmq: { autoCreateGroups: "yes" } } } });
    await expect(wrong).rejects.toThrow("rooms.rocketmq.autoCreateGroups: must be true or false");
  });
});
