import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IOT_ACTIONS } from "../../../contract/iot/index.ts";
import { type Caller, callerOf, clientNames } from "./support/clients.ts";
import { type IotService, startIot } from "./support/service.ts";

let iot: IotService;
beforeAll(async () => {
  iot = await startIot();
});
afterAll(() => iot.stop());
beforeEach(async () => void (await iot.service.admin("POST", "reset")));

/** Notes which actions were called, so that none is left out. */
function recording(call: Caller): { call: Caller; called: Set<string> } {
  const called = new Set<string>();
  return {
    called,
    call: (action, params) => {
      called.add(action);
      return call(action, params);
    },
  };
}

describe.each(clientNames)("%s", (client) => {
  it("calls every action and gets published fields of published types", async () => {
    const { call, called } = recording(callerOf(client, iot.service.url));
    expect(await call("OpenIotService")).toEqual({
      OrderId: expect.stringMatching(/.+/),
      RequestId: expect.any(String),
    });
    const { ProductKey, Data } = await call("CreateProduct", {
      ProductName: "电表_1",
      NodeType: 1,
      Description: "meters of a house",
      AliyunCommodityCode: "iothub_senior",
      DataFormat: 1,
      NetType: "WIFI",
    });
    expect(Data).toMatchObject({ ProductKey, ProductName: "电表_1", NodeType: 1, DataFormat: 1, Id2: false });
    expect((await call("QueryProduct", { ProductKey })).Data).toMatchObject({
      ProductKey,
      ProductName: "电表_1",
      NetType: 3,
      DeviceCount: 0,
      ProductSecret: (Data as { ProductSecret: string }).ProductSecret,
    });
    await call("UpdateProduct", { ProductKey, ProductName: "meters" });
    expect((await call("QueryProductList", { CurrentPage: 1, PageSize: 10 })).Data).toMatchObject({
      CurrentPage: 1,
      PageSize: 10,
      PageCount: 1,
      Total: 1,
      List: { ProductInfo: [{ ProductKey, ProductName: "meters", Description: "meters of a house" }] },
    });
    const { GroupId } = await call("CreateConsumerGroup", { GroupName: "消费组A" });
    await call("UpdateConsumerGroup", { GroupId, NewGroupName: "billing" });
    expect((await call("QueryConsumerGroupByGroupId", { GroupId })).Data).toEqual({
      GroupId,
      GroupName: "billing",
      CreateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const list = await call("QueryConsumerGroupList", { CurrentPage: 1, PageSize: 10 });
    expect(list).toMatchObject({
      Total: 2,
      PageCount: 1,
      Data: { ConsumerGroupDTO: [{ GroupId: "DEFAULT_GROUP" }, { GroupId, GroupName: "billing" }] },
    });
    const fuzzy = { CurrentPage: 1, PageSize: 10, Fuzzy: true, GroupName: "ill" };
    expect(await call("QueryConsumerGroupList", fuzzy)).toMatchObject({
      Total: 1,
      Data: { ConsumerGroupDTO: [{ GroupId }] },
    });
    expect(await call("QueryConsumerGroupStatus", { GroupId })).toMatchObject({
      AccumulationCount: 0,
      ConsumerSpeed: 0,
      ClientConnectionStatusList: { ConsumerGroupClientConnectionInfo: [] },
    });
    await call("ResetConsumerGroupPosition", { GroupId });
    await subscriptions(call, String(ProductKey), String(GroupId));
    await rules(call, String(ProductKey), String(GroupId));
    await call("DeleteConsumerGroup", { GroupId });
    await call("DeleteProduct", { ProductKey });
    expect((await call("QueryConsumerGroupList", { CurrentPage: 1, PageSize: 10 })).Total).toBe(1);
    const all = IOT_ACTIONS.map((action) => action.name);
    expect(all.filter((name) => !called.has(name))).toEqual([]);
  });
});

async function subscriptions(call: Caller, ProductKey: string, GroupId: string): Promise<void> {
  const amqp = { ProductKey, Type: "AMQP" };
  await call("CreateSubscribeRelation", {
    ...amqp,
    DeviceDataFlag: true,
    DeviceTagFlag: true,
    DeviceTopoLifeCycleFlag: true,
    ConsumerGroupIds: [GroupId, "DEFAULT_GROUP"],
  });
  expect(await call("QuerySubscribeRelation", amqp)).toMatchObject({
    ...amqp,
    DeviceDataFlag: true,
    DeviceTagFlag: true,
    DeviceTopoLifeCycleFlag: true,
    DeviceLifeCycleFlag: false,
    ConsumerGroupIds: [GroupId, "DEFAULT_GROUP"],
  });
  await call("DeleteConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: GroupId });
  await call("CreateConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: GroupId });
  await call("UpdateSubscribeRelation", { ...amqp, ThingHistoryFlag: true });
  expect(await call("QuerySubscribeRelation", amqp)).toMatchObject({
    DeviceDataFlag: false,
    ThingHistoryFlag: true,
    ConsumerGroupIds: ["DEFAULT_GROUP", GroupId],
  });
  await call("DeleteSubscribeRelation", amqp);
  const MnsConfiguration = '{"queueName":"q","regionName":"cn-hangzhou","role":{}}';
  await call("CreateSubscribeRelation", {
    ProductKey,
    Type: "MNS",
    MnsConfiguration,
    DeviceDataFlag: true,
    DeviceTagFlag: true,
  });
  const mns = await call("QuerySubscribeRelation", { ProductKey, Type: "MNS" });
  expect(mns).toMatchObject({ Type: "MNS", MnsConfiguration, DeviceDataFlag: true, DeviceTagFlag: false });
  await call("DeleteSubscribeRelation", { ProductKey, Type: "MNS" });
}

async function rules(call: Caller, ProductKey: string, groupId: string): Promise<void> {
  const { RuleId } = await call("CreateRule", {
    Name: "to-billing",
    ProductKey,
    Select: "a,b",
    ShortTopic: "+/user/up",
    TopicType: 1,
  });
  const Configuration = JSON.stringify({ groupId });
  const { ActionId } = await call("CreateRuleAction", { RuleId, Type: "AMQP", Configuration });
  const info = { Id: ActionId, RuleId, Type: "AMQP", Configuration, ErrorActionFlag: false };
  expect((await call("GetRuleAction", { ActionId })).RuleActionInfo).toEqual(info);
  expect((await call("ListRuleActions", { RuleId })).RuleActionList).toEqual({
    RuleActionInfo: [{ ...info, Status: "NORMAL" }],
  });
  await call("StartRule", { RuleId });
  expect((await call("GetRule", { RuleId })).RuleInfo).toMatchObject({
    Id: RuleId,
    Name: "to-billing",
    Status: "RUNNING",
    TopicType: 1,
    DataType: "JSON",
  });
  await call("StopRule", { RuleId });
  expect(await call("ListRule", { CurrentPage: 1, PageSize: 10 })).toMatchObject({
    Total: 1,
    Page: 1,
    PageSize: 10,
    Data: { RuleInfo: [{ Id: RuleId, Status: "STOP", ProductKey }] },
  });
  await call("DeleteRuleAction", { ActionId });
  await call("DeleteRule", { RuleId });
}
