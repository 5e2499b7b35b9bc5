import { type Ask, manyTags } from "./ask.ts";

export async function onsWorld(ask: Ask): Promise<void> {
  const { Data } = await ask("OnsInstanceCreate", { InstanceName: "orders", Remark: "r" });
  const { InstanceId } = Data as { InstanceId: string };
  const topic = { InstanceId, Topic: "orders" };
  const group = { InstanceId, GroupId: "GID_orders" };
  await ask("OnsTopicCreate", { ...topic, MessageType: 0, Remark: "r" });
  await ask("OnsGroupCreate", { ...group, GroupType: "tcp", Remark: "r" });
  for (const [ResourceType, id] of Object.entries({
    INSTANCE: InstanceId,
    TOPIC: "orders",
    GROUP: "GID_orders",
  })) {
    await ask("TagResources", {
      InstanceId,
      ResourceType,
      ResourceId: [id],
      Tag: [{ Key: "k", Value: "v" }],
    });
    await ask("ListTagResources", { InstanceId, ResourceType, ResourceId: [id] });
  }
  await furtherPages(ask);
  await ask("OnsRegionList");
  await ask("OnsInstanceBaseInfo", { InstanceId });
  await ask("OnsInstanceInServiceList", { NeedResourceInfo: true });
  await ask("OnsTopicList", { InstanceId });
  await ask("OnsGroupList", { InstanceId });
  for (const action of ["OnsTopicStatus", "OnsTopicSubDetail"]) await ask(action, topic);
  for (const action of ["OnsConsumerGetConnection", "OnsGroupSubDetail"]) await ask(action, group);
  for (const action of ["OnsConsumerAccumulate", "OnsConsumerStatus"])
    await ask(action, { ...group, Detail: true });
}

async function furtherPages(ask: Ask): Promise<void> {
  for (const InstanceName of ["second", "third", "fourth"]) {
    const { Data } = await ask("OnsInstanceCreate", { InstanceName });
    const { InstanceId } = Data as { InstanceId: string };
    await ask("TagResources", { ResourceType: "INSTANCE", ResourceId: [InstanceId], Tag: manyTags });
  }
  await ask("ListTagResources", { ResourceType: "INSTANCE" });
}
