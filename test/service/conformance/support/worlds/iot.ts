import type { Ask } from "./ask.ts";

export async function iotWorld(ask: Ask): Promise<void> {
  const made = await ask("CreateProduct", {
    ProductName: "meters",
    NodeType: 0,
    Description: "d",
    AliyunCommodityCode: "iothub_senior",
    CategoryKey: "Lighting",
    DataFormat: 1,
    NetType: "WIFI",
    ProtocolType: "modbus",
  });
  const ProductKey = String(made.ProductKey);
  await ask("QueryProduct", { ProductKey });
  await ask("QueryProductList", { CurrentPage: 1, PageSize: 10 });
  const { GroupId } = await ask("CreateConsumerGroup", { GroupName: "billing" });
  await ask("QueryConsumerGroupByGroupId", { GroupId });
  await ask("QueryConsumerGroupList", { CurrentPage: 1, PageSize: 10 });
  await ask("QueryConsumerGroupStatus", { GroupId });
  const flags = Object.fromEntries(
    "Data LifeCycle StatusChange Tag TopoLifeCycle".split(" ").map((word) => [`Device${word}Flag`, true]),
  );
  const more = Object.fromEntries(
    "FoundDeviceList OtaEvent OtaJob OtaVersion ThingHistory".split(" ").map((word) => [`${word}Flag`, true]),
  );
  const both = { ...flags, ...more, ProductKey, SubscribeFlags: "{}" };
  await ask("CreateSubscribeRelation", { ...both, Type: "AMQP", ConsumerGroupIds: [GroupId] });
  await ask("CreateSubscribeRelation", { ...both, Type: "MNS", MnsConfiguration: "{}" });
  for (const Type of ["AMQP", "MNS"]) await ask("QuerySubscribeRelation", { ProductKey, Type });
  await rules(ask, ProductKey, String(GroupId));
}

async function rules(ask: Ask, ProductKey: string, groupId: string): Promise<void> {
  const { RuleId } = await ask("CreateRule", {
    Name: "forward",
    ProductKey,
    RuleDesc: "d",
    Select: "*",
    Where: "a > 1",
    Topic: "/sys/+/thing",
    ShortTopic: "+/user/update",
    TopicType: 1,
  });
  const Configuration = JSON.stringify({ groupId });
  const { ActionId } = await ask("CreateRuleAction", { RuleId, Type: "AMQP", Configuration });
  await ask("GetRule", { RuleId });
  await ask("ListRule", { CurrentPage: 1, PageSize: 10 });
  await ask("GetRuleAction", { ActionId });
  await ask("ListRuleActions", { RuleId });
}
