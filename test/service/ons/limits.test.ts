import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { declaredNames } from "../../../service/core/http/decode-parameters.ts";
import { onsRoom } from "../../../service/ons/index.ts";
import { type Caller, groupNames, makeInstance, startOns } from "./support/service.ts";

let ons: Awaited<ReturnType<typeof startOns>>;
let call: Caller;
let id: string;
beforeAll(async () => {
  ons = await startOns();
  call = ons.call;
});
afterAll(() => ons.stop());
beforeEach(async () => {
  await ons.service.admin("POST", "reset");
  id = await makeInstance(call);
});

const group = (GroupId: string, InstanceId = id) => call("OnsGroupCreate", { InstanceId, GroupId });
const topic = (Topic: string, InstanceId = id) =>
  call("OnsTopicCreate", { InstanceId, Topic, MessageType: "0" });
const shared = async (name: string, region: string) =>
  String(
    (await ons.service.admin("POST", "rooms/ons/createInstance", { name, region, namespace: false }))
      .instanceId,
  );

async function refuses(made: Promise<unknown>, code: string, rule: string): Promise<void> {
  await expect(made).rejects.toMatchObject({ code, message: expect.stringContaining(`[${rule}]`) });
}

it("RMQ-1 service: with a namespace a name counts in its instance, topics included", async () => {
  await group("GID_a");
  await topic("orders");
  await refuses(group("GID_a"), "BIZ_SUBSCRIPTION_EXISTED", "RMQ-1");
  await refuses(group("orders"), "BIZ_SUBSCRIPTION_EXISTED", "RMQ-1");
  expect(await groupNames(call, id)).toEqual(["GID_a"]);
  await group("someone");
  await expect(topic("someone")).rejects.toMatchObject({ code: "BIZ_TOPIC_EXISTED" });
  const other = await makeInstance(call, "other");
  await group("GID_a", other);
  await group("orders", other);
  expect(await groupNames(call, other)).toEqual(["GID_a", "orders"]);
});

it("RMQ-1 service: without a namespace a name counts over all instances and regions", async () => {
  const first = await shared("first", "cn-hangzhou");
  const second = await shared("second", "cn-shanghai");
  const base = await call("OnsInstanceBaseInfo", { InstanceId: second });
  expect(base.InstanceBaseInfo).toMatchObject({ IndependentNaming: false, InstanceStatus: 5 });
  await group("GID_a", first);
  await topic("orders");
  for (const name of ["GID_a", "orders"]) {
    await refuses(group(name, second), "BIZ_SUBSCRIPTION_EXISTED", "RMQ-1");
  }
  expect(await groupNames(call, second)).toEqual([]);
  await group("GID_b", second);
  await call("OnsGroupDelete", { InstanceId: first, GroupId: "GID_a" });
  await group("GID_a", second);
  // A call that names no instance means the one without a namespace.
  expect((await call("OnsGroupList", { RegionId: "cn-shanghai" })).Data).toMatchObject({
    SubscribeInfoDo: [{ GroupId: "GID_b", InstanceId: second }, { GroupId: "GID_a" }],
  });
});

it("RMQ-2 service: 2 to 64 letters, digits, - and _", async () => {
  for (const name of ["a", "a".repeat(65), "a%b", "a b", "a.b", "组名"]) {
    await refuses(group(name), "InvalidGroupId", "RMQ-2");
  }
  expect(await groupNames(call, id)).toEqual([]);
  const good = ["ab", "a".repeat(64), "G-_9"];
  for (const name of good) await group(name);
  expect(await groupNames(call, id)).toEqual(good);
});

it("RMQ-6 service: a 4.x group has no delivery order and no retry, asked or answered", async () => {
  const action = onsRoom.actions.find(({ name }) => name === "OnsGroupCreate");
  if (!action) throw new Error("no such action");
  expect([...declaredNames(action.request())].join()).not.toMatch(/order|retry/i);
  await call("OnsGroupCreate", { InstanceId: id, GroupId: "GID_a", DeliveryOrderType: "Orderly" });
  expect(JSON.stringify(await call("OnsGroupList", { InstanceId: id }))).not.toMatch(/order|retry/i);
});

it("an instance that has topics or groups is not deleted", async () => {
  await group("GID_a");
  await expect(call("OnsInstanceDelete", { InstanceId: id })).rejects.toMatchObject({
    code: "INSTANCE_NOT_EMPTY",
  });
  expect(await groupNames(call, id)).toEqual(["GID_a"]);
  await call("OnsGroupDelete", { InstanceId: id, GroupId: "GID_a" });
  await call("OnsInstanceDelete", { InstanceId: id });
  await expect(call("OnsInstanceBaseInfo", { InstanceId: id })).rejects.toMatchObject({
    code: "INSTANCE_NOT_FOUND",
  });
});

it("instances have a name of their own in the region; topics cannot take a group's prefix", async () => {
  await expect(makeInstance(call)).rejects.toMatchObject({ code: "BIZ_INSTANCE_EXISTED" });
  await makeInstance(call, "orders", "cn-beijing");
  for (const name of ["CID_a", "GIDa", "ab"]) {
    await expect(topic(name)).rejects.toMatchObject({ code: "InvalidTopic" });
  }
  await expect(
    call("OnsTopicCreate", { InstanceId: id, Topic: "abc", MessageType: "3" }),
  ).rejects.toMatchObject({
    code: "InvalidMessageType",
  });
  expect((await call("OnsTopicList", { InstanceId: id })).Data).toEqual({ PublishInfoDo: [] });
});
