import { until } from "../../../dts/support/wait.ts";
import { FUNCTION_ARN } from "../../../eventbridge/support/service.ts";
import { type Ask, manyTags } from "./ask.ts";

const fixed = (Value: string) => ({ Form: "CONSTANT", Value, Template: "" });

/** A stream with all that a stream from change tracking to RocketMQ can have; its group is not there, so it fails. */
export async function eventbridgeWorld(ask: Ask): Promise<void> {
  const source = {
    TaskId: "dtsi03e3zty16i",
    Sid: "dtsgroup1",
    Topic: "cn_hangzhou_rm_1_shop_version2",
    Username: "billing_1",
    Password: "Pass-word-9",
    InitCheckPoint: 1500,
    BrokerUrl: "dts-cn-hangzhou.example:18001",
  };
  const template = { Form: "TEMPLATE", Template: "$" + "{a}", Value: '{"a":"$.data"}' };
  const sink = {
    InstanceId: fixed("rmq-cn-5"),
    InstanceType: fixed("Cloud_5"),
    InstanceEndpoint: fixed("rmq.example:8080"),
    InstanceUsername: fixed("app"),
    InstancePassword: fixed("secret-1"),
    Topic: fixed("orders"),
    Network: fixed("PrivateNetwork"),
    VpcId: fixed("vpc-1"),
    VSwitchIds: fixed("vsw-1"),
    SecurityGroupId: fixed("sg-1"),
    DeliveryOrderType: fixed("Concurrently"),
    ...Object.fromEntries(
      ["Body", "Keys", "Properties", "ShardingKey", "Tags"].map((name) => [name, template]),
    ),
  };
  const options = {
    ErrorsTolerance: "ALL",
    MaximumTasks: 1,
    Throttling: 1,
    BatchWindow: { CountBasedWindow: 1, TimeBasedWindow: 1 },
    BusinessOption: { BusinessMode: "m", MaxCapacityUnitCount: 1, MinCapacityUnitCount: 1 },
    RetryStrategy: {
      PushRetryStrategy: "BACKOFFRETRY",
      MaximumEventAgeInSeconds: 1,
      MaximumRetryAttempts: 1,
    },
    DeadLetterQueue: {
      Arn: "acs:mq:cn-hangzhou:1:/instances/MQ_INST_4/topic/dead",
      Network: "PrivateNetwork",
      SecurityGroupId: "sg-1",
      VSwitchIds: "vsw-1",
      VpcId: "vpc-1",
    },
  };
  const EventStreamingName = "inflow";
  await ask("CreateEventStreaming", {
    EventStreamingName,
    Description: "d",
    FilterPattern: "{}",
    Source: JSON.stringify({ SourceDTSParameters: source }),
    Sink: JSON.stringify({ SinkRocketMQParameters: sink }),
    RunOptions: JSON.stringify(options),
    Transforms: JSON.stringify([{ Arn: FUNCTION_ARN }]),
  });
  await ask("StartEventStreaming", { EventStreamingName });
  await until(
    () => ask("GetEventStreaming", { EventStreamingName }),
    ({ Data }) => (Data as { Status: string }).Status === "STARTING_FAILED",
  );
  await furtherPages(ask);
  await ask("TestEventPattern", { Event: "{}", EventPattern: "{}" });
}

async function furtherPages(ask: Ask): Promise<void> {
  const ResourceType = "eventstreaming";
  const ids = ["second", "third", "fourth"];
  for (const EventStreamingName of ids) {
    const Source = '{"SourceMNSParameters":{}}';
    await ask("CreateEventStreaming", {
      EventStreamingName,
      FilterPattern: "",
      Source,
      Sink: '{"SinkMNSParameters":{}}',
    });
    await ask("TagResources", { ResourceType, ResourceId: [EventStreamingName], Tag: manyTags });
  }
  await ask("ListTagResources", { ResourceType, ResourceId: ids });
  await ask("ListEventStreamings", { Limit: 1 });
}
