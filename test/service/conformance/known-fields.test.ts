/* Fields that were published, known and always absent: what they hold. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { iotRoom } from "../../../service/iot/index.ts";
import { onsRoom } from "../../../service/ons/index.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { startService, type TestService } from "../../support/service.ts";
import { order, runningInstance, startQueues } from "../rocketmq/support/service.ts";
import { askOf } from "./support/worlds/ask.ts";
import { planeRoom } from "./support/worlds/plane.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ rooms: [iotRoom, onsRoom, rocketmqRoom, planeRoom] });
});
afterAll(() => service.stop());

const nothing = () => undefined;

it("an instance has its vSwitches by both names, its quota of topics and the older configuration", async () => {
  const queues = await startQueues();
  try {
    const vpcInfo = { vpcId: "vpc-1", vSwitchId: "vsw-9" };
    const byId = await runningInstance(queues.roa, { networkInfo: { ...order.networkInfo, vpcInfo } });
    const { data } = await queues.roa("GET", `/instances/${byId}`);
    expect(data).toMatchObject({
      networkInfo: { vpcInfo: { vSwitchId: "vsw-9", vSwitches: [{ vSwitchId: "vsw-9" }] } },
      extConfig: { aclType: "default", internetSpec: "disable", msgProcessSpec: "rmq.s2.2xlarge" },
    });
    const byList = await runningInstance(queues.roa);
    await queues.roa("POST", `/instances/${byList}/topics/orders`, { body: { messageType: "NORMAL" } });
    expect((await queues.roa("GET", `/instances/${byList}`)).data).toMatchObject({
      networkInfo: { vpcInfo: { vSwitchId: "vsw-1", vSwitches: [{ vSwitchId: "vsw-1" }] } },
      instanceQuotas: [{ quotaName: "TOPIC_COUNT", usedCount: 1 }],
    });
  } finally {
    await queues.stop();
  }
});

it("a tag of an instance says whose it is", async () => {
  const ask = askOf(service, "rocketmq", rocketmqRoom, nothing);
  await ask("CreateInstance", { ...order, tags: [{ key: "k", value: "v" }] });
  const { data } = await ask("ListTagResources", { resourceType: "instance" });
  expect(data).toMatchObject({
    tagResources: [{ aliUid: 1000000000000001, category: "custom", scope: "public" }],
  });
});

it("a rule says who made it, and an action whether the group that it forwards to is there", async () => {
  const ask = askOf(service, "iot", iotRoom, nothing);
  const { RuleId } = await ask("CreateRule", { Name: "forward" });
  const { GroupId } = await ask("CreateConsumerGroup", { GroupName: "billing" });
  const Configuration = JSON.stringify({ groupId: GroupId });
  await ask("CreateRuleAction", { RuleId, Type: "AMQP", Configuration });
  expect((await ask("GetRule", { RuleId })).RuleInfo).toMatchObject({ CreateUserId: 1000000000000001 });
  const status = async () => (await ask("ListRuleActions", { RuleId })).RuleActionList;
  expect(await status()).toMatchObject({ RuleActionInfo: [{ Status: "NORMAL" }] });
  await ask("DeleteConsumerGroup", { GroupId });
  expect(await status()).toMatchObject({ RuleActionInfo: [{ Status: "INVALID" }] });
});

it("a connected client has its address and what it subscribes to", async () => {
  const ask = askOf(service, "ons", onsRoom, nothing);
  const { Data } = await ask("OnsInstanceCreate", { InstanceName: "orders" });
  const { InstanceId } = Data as { InstanceId: string };
  await ask("OnsGroupCreate", { InstanceId, GroupId: "GID_orders" });
  const status = await ask("OnsConsumerStatus", { InstanceId, GroupId: "GID_orders", Detail: true });
  expect(status.Data).toMatchObject({
    ConnectionSet: { ConnectionDo: [{ ClientAddr: "127.0.0.1:1", RemoteIP: "127.0.0.1" }] },
    ConsumerConnectionInfoList: {
      ConsumerConnectionInfoDo: [
        {
          SubscriptionSet: {
            SubscriptionData: [
              { Topic: "orders", SubString: "paid || sent", TagsSet: { Tag: ["paid", "sent"] } },
            ],
          },
        },
      ],
    },
  });
});
