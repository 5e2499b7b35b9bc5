import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onsRoom } from "../../../service/ons/index.ts";
import { clients } from "../core/support/clients.ts";
import { type Caller, callerOf, startOns } from "./support/service.ts";

let ons: Awaited<ReturnType<typeof startOns>>;
beforeAll(async () => {
  ons = await startOns();
});
afterAll(() => ons.stop());

describe.each(Object.entries(clients))("%s", (name, client) => {
  it.each(["query", "body"] as const)("calls every action with its parameters in the %s", async (where) => {
    const called = new Set<string>();
    const caller = callerOf(ons.service, client, where);
    const call: Caller = (action, params) => {
      called.add(action);
      return caller(action, params);
    };
    await wholeLife(call, `${name.replaceAll(" ", "-").replace(/[^\w-]/g, "")}-${where}`);
    const missing = onsRoom.actions.map((action) => action.name).filter((action) => !called.has(action));
    expect(missing).toEqual([]);
  });
});

async function wholeLife(call: Caller, name: string): Promise<void> {
  await call("OpenOnsService");
  expect((await call("OnsRegionList")).Data).toMatchObject({ RegionDo: [{ OnsRegionId: "cn-hangzhou" }] });
  const made = await call("OnsInstanceCreate", { InstanceName: name, Remark: "first" });
  const InstanceId = (made.Data as { InstanceId: string }).InstanceId;
  expect(made.Data).toMatchObject({ InstanceId: expect.stringMatching(/^MQ_INST_/), InstanceType: 1 });
  await call("OnsInstanceUpdate", { InstanceId, Remark: "second" });
  expect((await call("OnsInstanceBaseInfo", { InstanceId })).InstanceBaseInfo).toMatchObject({
    InstanceName: name,
    Remark: "second",
    InstanceStatus: 5,
    IndependentNaming: true,
    Endpoints: { TcpEndpoint: expect.stringContaining(InstanceId) },
  });
  const topic = { InstanceId, Topic: "orders" };
  const group = { InstanceId, GroupId: "GID_orders" };
  await call("OnsTopicCreate", { ...topic, MessageType: "0", Remark: "r" });
  await call("OnsGroupCreate", { ...group, GroupType: "http" });
  await tags(call, InstanceId);
  await consumers(call, topic, group);
  await call("OnsTopicDelete", topic);
  await call("OnsGroupDelete", group);
  await expect(call("OnsGroupDelete", group)).rejects.toMatchObject({ code: "AUTH_RESOURCE_OWNER_ERROR" });
  await expect(call("OnsTopicStatus", topic)).rejects.toMatchObject({ code: "AUTH_RESOURCE_OWNER_ERROR" });
  expect((await call("OnsTopicList", topic)).Data).toEqual({ PublishInfoDo: [] });
  await call("OnsInstanceDelete", { InstanceId });
}

async function tags(call: Caller, InstanceId: string): Promise<void> {
  for (const [ResourceType, id] of [
    ["INSTANCE", InstanceId],
    ["TOPIC", "orders"],
    ["GROUP", "GID_orders"],
  ] as const) {
    const thing = { InstanceId, ResourceType, "ResourceId.1": id };
    await call("TagResources", { ...thing, "Tag.1.Key": "k", "Tag.1.Value": "v", "Tag.2.Key": "other" });
    await call("UntagResources", { ...thing, "TagKey.1": "other" });
    expect((await call("ListTagResources", thing)).TagResources).toEqual([
      { InstanceId, ResourceId: id, ResourceType: `ALIYUN::MQ::${ResourceType}`, TagKey: "k", TagValue: "v" },
    ]);
  }
  const wanted = { InstanceId, "Tag.1.Key": "k", "Tag.1.Value": "v" };
  const Tags = { Tag: [{ Key: "k", Value: "v" }] };
  const listed = await call("OnsInstanceInServiceList", { "Tag.1.Key": "k", NeedResourceInfo: "true" });
  expect(listed.Data).toMatchObject({ InstanceVO: [{ InstanceId, Tags, TopicCount: 1, GroupCount: 1 }] });
  expect((await call("OnsTopicList", wanted)).Data).toMatchObject({
    PublishInfoDo: [
      {
        Topic: "orders",
        MessageType: 0,
        Remark: "r",
        Tags,
        ServiceStatus: 1,
        Relation: 6,
        RelationName: "Publishable and Subscribable",
      },
    ],
  });
  expect((await call("OnsGroupList", { ...wanted, GroupId: "orders" })).Data).toMatchObject({
    SubscribeInfoDo: [{ GroupId: "GID_orders", GroupType: "http", Remark: "", Tags }],
  });
  expect((await call("OnsGroupList", { InstanceId, GroupId: "none" })).Data).toEqual({ SubscribeInfoDo: [] });
  const ofType = async (GroupType: string) =>
    ((await call("OnsGroupList", { InstanceId, GroupType })).Data as { SubscribeInfoDo: object[] })
      .SubscribeInfoDo.length;
  // What the widest tool asks with: no filter.
  expect(await ofType("all")).toBe(1);
  expect([await ofType("http"), await ofType("tcp")]).toEqual([1, 0]);
}

async function consumers(
  call: Caller,
  topic: Record<string, string>,
  group: Record<string, string>,
): Promise<void> {
  expect((await call("OnsTopicStatus", topic)).Data).toMatchObject({ Perm: 6, TotalCount: 0 });
  await call("OnsGroupConsumerUpdate", { ...group, ReadEnable: "False" });
  const zeros = { Online: false, TotalDiff: 0, ConsumeTps: 0, DelayTime: 0 };
  expect((await call("OnsConsumerAccumulate", { ...group, Detail: "true" })).Data).toMatchObject(zeros);
  expect((await call("OnsConsumerStatus", { ...group, Detail: "true" })).Data).toMatchObject({
    ...zeros,
    ConnectionSet: { ConnectionDo: [] },
  });
  expect((await call("OnsConsumerGetConnection", group)).Data).toMatchObject({ MessageModel: "CLUSTERING" });
  expect((await call("OnsGroupSubDetail", group)).Data).toMatchObject({
    GroupId: "GID_orders",
    Online: false,
  });
  expect((await call("OnsTopicSubDetail", topic)).Data).toMatchObject({ Topic: "orders" });
  await call("OnsConsumerResetOffset", { ...group, ...topic, Type: "0" });
  await call("OnsConsumerResetOffset", { ...group, ...topic, Type: "1", ResetTimestamp: "1591153871000" });
  await expect(call("OnsConsumerResetOffset", { ...group, ...topic, Type: "1" })).rejects.toMatchObject({
    code: "MissingResetTimestamp",
  });
}
