import { until } from "../../../dts/support/wait.ts";
import { order } from "../../../rocketmq/support/service.ts";
import { type Answer, type Ask, manyTags } from "./ask.ts";

const richOrder = {
  ...order,
  instanceName: "orders",
  remark: "r",
  paymentType: "Subscription",
  period: 1,
  networkInfo: {
    vpcInfo: {
      vpcId: "vpc-1",
      vSwitchId: "vsw-1",
      vSwitches: [{ vSwitchId: "vsw-1" }],
      securityGroupIds: "sg-1",
    },
    internetInfo: {
      internetSpec: "enable",
      flowOutType: "payByBandwidth",
      flowOutBandwidth: 5,
      ipWhitelist: ["10.0.0.0/8"],
    },
  },
  productInfo: {
    ...order.productInfo,
    autoScaling: true,
    traceOn: true,
    storageEncryption: true,
    storageSecretKey: "key-1",
    capacityType: "onDemand",
    provisionedCapacity: 1,
    drReplicationMode: "none",
  },
  tags: [{ key: "k", value: "v" }],
};

export async function rocketmqWorld(ask: Ask): Promise<void> {
  const id = String((await ask("CreateInstance", richOrder)).data);
  await until(
    () => ask("GetInstance", {}, [id]),
    ({ data }) => (data as Answer).status === "RUNNING",
  );
  await ask("CreateTopic", { messageType: "LITE", remark: "r", maxSendTps: 5, liteTopicExpiration: 60 }, [
    id,
    "orders",
  ]);
  await ask("CreateTopic", { messageType: "NORMAL" }, [id, "dead"]);
  const group = {
    deliveryOrderType: "Orderly",
    consumeRetryPolicy: {
      retryPolicy: "FixedRetryPolicy",
      maxRetryTimes: 3,
      fixedIntervalRetryTime: 20,
      deadLetterTargetTopic: "dead",
    },
    remark: "r",
    maxReceiveTps: 5,
    messageModel: "CLUSTERING",
    topicName: "orders",
    exclusive: true,
  };
  await ask("CreateConsumerGroup", group, [id, "billing"]);
  const account = { username: "app", password: "secret-1" };
  await ask("CreateInstanceAccount", account, [id]);
  const right = { resourceType: "Topic", resourceName: "orders" };
  const acl = { ...right, actions: ["Pub"], decision: "Allow", ipWhitelists: ["10.0.0.1"] };
  await ask("CreateInstanceAcl", acl, [id, "app"]);
  await ask("CreateInstanceIpWhitelist", { ipWhitelists: ["10.0.0.0/8"] }, [id]);
  await reads(ask, id, right);
}

async function reads(ask: Ask, id: string, right: Record<string, string>): Promise<void> {
  for (const action of ["ListInstanceAccount", "ListInstanceAcl", "ListInstanceIpWhitelist", "ListTopics"])
    await ask(action, {}, [id]);
  for (const action of ["ListInstances", "ListRegions", "ListAvailableZones"]) await ask(action);
  const tags = manyTags.map(({ Key, Value }) => ({ key: Key, value: Value }));
  for (const instanceName of ["second", "third", "fourth"])
    await ask("CreateInstance", { ...order, instanceName, tags });
  await ask("ListTagResources", { resourceType: "instance" });
  await ask("GetInstanceAccount", { username: "app" }, [id]);
  await ask("GetInstanceAcl", right, [id, "app"]);
  await ask("GetInstanceIpWhitelist", {}, [id]);
  await ask("GetTopic", {}, [id, "orders"]);
  await ask("ListTopicSubscriptions", {}, [id, "orders"]);
  await ask("ListConsumerGroups", {}, [id]);
  for (const action of ["GetConsumerGroup", "ListConsumerConnections", "ListConsumerGroupSubscriptions"])
    await ask(action, {}, [id, "billing"]);
  await ask("GetConsumerGroupLag", { topicName: "orders" }, [id, "billing"]);
  await ask("GetConsumerGroupSubscription", {}, [id, "billing", "orders"]);
}
