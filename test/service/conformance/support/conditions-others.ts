import type { Condition, Params } from "./conditions.ts";

const row =
  (action: string, base: Params) =>
  (refused: Params, code: string, accepted: Params = {}): Condition => ({
    action,
    base,
    refused,
    code,
    accepted,
  });

/** IoT Platform; the rule holds binary data. */
export function iotConditions(binaryRuleId: string): readonly Condition[] {
  let made = 0;
  const name = () => `thing_${made++}`;
  const general = "iot.common.InvalidParameter";
  const product = (refused: Params, code: string, accepted: Params = {}) =>
    row("CreateProduct", { ProductName: name(), NodeType: 0 })(refused, code, accepted);
  const rule = (refused: Params, code: string, accepted: Params = {}) =>
    row("CreateRule", { Name: name() })(refused, code, accepted);
  return [
    product({ AliyunCommodityCode: "iothub_senior" }, "MissingDataFormat", {
      AliyunCommodityCode: "iothub_senior",
      DataFormat: 1,
    }),
    product({ AliyunCommodityCode: "iothub_junior" }, "iot.prod.InvalidAliyunCommodityCode"),
    product({ NodeType: 2 }, "iot.prod.InvalidNodeType", { NodeType: 1 }),
    product({ NetType: "WIRE" }, general, { NetType: "ETHERNET" }),
    product({ ProtocolType: "telex" }, general, { ProtocolType: "opc-ua" }),
    product({ ValidateType: 3 }, general, { ValidateType: 2 }),
    product({ Description: "d".repeat(101) }, "iot.prod.LongProductDesc", { Description: "d".repeat(100) }),
    rule({ DataType: "BINARY", TopicType: 0 }, general, { DataType: "BINARY", TopicType: 1 }),
    rule({ DataType: "XML" }, general, { DataType: "JSON" }),
    rule({ RuleDesc: "d".repeat(101) }, general, { RuleDesc: "d".repeat(100) }),
    row("CreateRuleAction", { RuleId: binaryRuleId, Configuration: "{}" })(
      { Type: "OTS" },
      "iot.rule.IncorrentRuleActionType",
      { Type: "FC" },
    ),
  ];
}

/** CloudMonitor; the rule is there, and so is the contact. */
export function cmsConditions(): readonly Condition[] {
  const code = "InvalidParameter";
  const contact = row("PutContact", { ContactName: "Bob", Describe: "x" });
  const group = row("PutContactGroup", { ContactGroupName: "g" });
  const target = row("PutMetricRuleTargets", { RuleId: "r" });
  const arn = "acs:mns:cn-hangzhou:1:/queues/q/message";
  const targets = (more: object) => ({ Targets: [{ Id: "1", Arn: arn, ...more }] });
  const tags = row("AddTags", { GroupIds: ["1"] });
  const tag = (Key: string, Value = "v") => ({ Tag: [{ Key, Value }] });
  const mail = (Mail: string) => ({ Channels: { Mail } });
  const enable = row("EnableMetricRules", {});
  const many = (count: number) => Array.from({ length: count }, () => "r");
  return [
    contact({}, code, mail("bob@example.com")),
    contact(mail("bob"), code, mail("b.o+b@mail.example.com")),
    contact(mail("a@example.com,b@example.com"), code, mail("a@example.com")),
    contact(mail("Bob <bob@example.com>"), code, mail("bob@example.com")),
    contact({ ...mail("bob@example.com"), Lang: "fr" }, code, { ...mail("bob@example.com"), Lang: "en" }),
    group({ ContactNames: Array.from({ length: 101 }, () => "Alice") }, code, {
      ContactNames: Array.from({ length: 100 }, () => "Alice"),
    }),
    target(targets({ Level: "LOUD" }), code, targets({ Level: "INFO" })),
    target(targets({ Level: '["INFO","LOUD"]' }), code, targets({ Level: '["INFO","WARN","CRITICAL"]' })),
    target(targets({ JsonParams: "{" }), code, targets({ JsonParams: "{}" })),
    tags(tag("k".repeat(65)), code, tag("k".repeat(64))),
    tags(tag("acs:k"), code, tag("k")),
    tags(tag("k", "aliyun"), code, tag("k", "alibaba")),
    tags({ Tag: ["a", "b", "c", "d"].map((Key) => ({ Key, Value: "v" })) }, code, {
      Tag: ["a", "b", "c"].map((Key) => ({ Key, Value: "v" })),
    }),
    enable({ RuleId: many(101) }, code, { RuleId: many(100) }),
    row("DisableMetricRules", {})({ RuleId: many(21) }, code, { RuleId: many(20) }),
  ];
}

/** EventBridge: sources and sinks that only are kept. */
export function eventbridgeConditions(): readonly Condition[] {
  let made = 0;
  const fixed = (Value: string) => ({ Value, Form: "CONSTANT" });
  const stream = (name: "Source" | "Sink" | "RunOptions", refused: object, accepted: object): Condition => ({
    action: "CreateEventStreaming",
    base: {
      EventStreamingName: `s-${made++}`,
      FilterPattern: "",
      Source: '{"SourceMNSParameters":{"QueueName":"q"}}',
      Sink: '{"SinkMNSParameters":{}}',
    },
    refused: { [name]: JSON.stringify(refused) },
    code: "InvalidArgument",
    accepted: { [name]: JSON.stringify(accepted) },
  });
  const source = (refused: object, accepted: object) =>
    stream("Source", { SourceRocketMQParameters: refused }, { SourceRocketMQParameters: accepted });
  const sink = (kind: string, refused: object, accepted: object) =>
    stream("Sink", { [kind]: refused }, { [kind]: accepted });
  const queue = (more: object) => ({ InstanceId: fixed("i"), Topic: fixed("t"), ...more });
  return [
    stream("Source", {}, { SourceMNSParameters: {} }),
    stream("Sink", { SinkMNSParameters: {}, SinkKafkaParameters: {} }, { SinkKafkaParameters: {} }),
    source({ Network: "Moon" }, { Network: "PrivateNetwork" }),
    source({ InstanceNetwork: "Moon" }, { InstanceNetwork: "PublicNetwork" }),
    source({ Offset: "CONSUME_BACKWARDS" }, { Offset: "CONSUMEFROMLAST_OFFSET" }),
    sink(
      "SinkRocketMQParameters",
      queue({ Network: fixed("Moon") }),
      queue({ Network: fixed("PublicNetwork") }),
    ),
    sink("SinkDataHubParameters", { TopicType: fixed("TREE") }, { TopicType: fixed("BLOB") }),
    sink("SinkRabbitMQParameters", { TargetType: fixed("Hole") }, { QueueName: fixed("q") }),
    sink(
      "SinkRabbitMQParameters",
      { TargetType: fixed("Queue") },
      { TargetType: fixed("Queue"), QueueName: fixed("q") },
    ),
    sink(
      "SinkRabbitMQParameters",
      { TargetType: fixed("Exchange"), Exchange: fixed("e") },
      { TargetType: fixed("Exchange"), Exchange: fixed("e"), RoutingKey: fixed("r") },
    ),
    sink("SinkFcParameters", { Concurrency: fixed("0") }, { Concurrency: fixed("1") }),
    sink("SinkFcParameters", { InvocationType: fixed("Later") }, { InvocationType: fixed("Async") }),
    stream("RunOptions", { ErrorsTolerance: "SOME" }, { ErrorsTolerance: "ALL" }),
    stream("RunOptions", { MaximumTasks: 0 }, { MaximumTasks: 1 }),
    stream(
      "RunOptions",
      { RetryStrategy: { PushRetryStrategy: "NEVER" } },
      { RetryStrategy: { PushRetryStrategy: "BACKOFFRETRY" } },
    ),
  ];
}

/** RocketMQ 4.x; the instance has the group named here. */
export function onsConditions(InstanceId: string): readonly Condition[] {
  const tags = row("TagResources", { ResourceType: "INSTANCE", ResourceId: [InstanceId] });
  const tag = (Key: string, Value = "v") => ({ Tag: [{ Key, Value }] });
  const group = { ResourceType: "GROUP", ResourceId: ["GID_there"], ...tag("k") };
  return [
    tags(tag("k".repeat(129)), "InvalidTag.1.Key", tag("k".repeat(128))),
    tags(tag("aliyunk"), "InvalidTag.1.Key", tag("k")),
    tags(tag("see https://x"), "InvalidTag.1.Key", tag("see x")),
    tags(tag("k", "acs:v"), "InvalidTag.1.Value", tag("k", "v")),
    tags(group, "MissingInstanceId", { ...group, InstanceId }),
    row("UntagResources", { ...group, TagKey: ["k"] })({}, "MissingInstanceId", { InstanceId }),
    row("UntagResources", { ResourceType: "INSTANCE", ResourceId: [InstanceId] })({}, "MissingTagKey", {
      All: true,
    }),
    row("OnsTopicCreate", { InstanceId, MessageType: 0 })({ Topic: "GID_t" }, "InvalidTopic", {
      Topic: "t_1",
    }),
    row("OnsTopicCreate", { InstanceId, Topic: "t_2" })({ MessageType: 3 }, "InvalidMessageType", {
      MessageType: 4,
    }),
    row("OnsGroupCreate", { InstanceId, GroupId: "GID_new" })({ GroupType: "udp" }, "InvalidGroupType", {
      GroupType: "http",
    }),
    row("OnsConsumerResetOffset", { InstanceId, GroupId: "GID_there", Topic: "there", Type: 1 })(
      {},
      "MissingResetTimestamp",
      { ResetTimestamp: 1_591_153_871_000 },
    ),
  ];
}
