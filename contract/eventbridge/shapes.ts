import type { FieldType, Shape } from "../dts/shapes/shape.ts";

/** What every answer has. */
const COMMON = { Code: "text", Message: "text", RequestId: "text", Success: "flag" } as const;

const PART = { Form: "text", Template: "text", Value: "text" } as const satisfies Record<string, FieldType>;

const PARTS = [
  "Body",
  "DeliveryOrderType",
  "InstanceEndpoint",
  "InstanceId",
  "InstancePassword",
  "InstanceType",
  "InstanceUsername",
  "Keys",
  "Network",
  "Properties",
  "SecurityGroupId",
  "ShardingKey",
  "Tags",
  "Topic",
  "VSwitchIds",
  "VpcId",
];

/**
 * A stream as it is read. InitCheckPoint is published as an integer where it is put and as a text where it is read;
 * it comes back as it was put. Sources and sinks that cannot run here have no shape.
 */
const STREAM = {
  Description: "text",
  EventStreamingName: "text",
  FilterPattern: "text",
  RunOptions: {
    BatchWindow: { CountBasedWindow: "integer", TimeBasedWindow: "integer" },
    BusinessOption: {
      BusinessMode: "text",
      MaxCapacityUnitCount: "integer",
      MinCapacityUnitCount: "integer",
    },
    DeadLetterQueue: {
      Arn: "text",
      Network: "text",
      SecurityGroupId: "text",
      VSwitchIds: "text",
      VpcId: "text",
    },
    ErrorsTolerance: "text",
    MaximumTasks: "integer",
    RetryStrategy: {
      MaximumEventAgeInSeconds: "number",
      MaximumRetryAttempts: "number",
      PushRetryStrategy: "text",
    },
    Throttling: "integer",
  },
  Sink: { SinkRocketMQParameters: Object.fromEntries(PARTS.map((name): [string, Shape] => [name, PART])) },
  Source: {
    SourceDTSParameters: {
      BrokerUrl: "text",
      InitCheckPoint: "text",
      Password: "text",
      Sid: "text",
      TaskId: "text",
      Topic: "text",
      Username: "text",
    },
  },
  Status: "text",
  Transforms: [{ Arn: "text" }],
} as const satisfies Shape;

/** Published fields of each answer. The tag calls are not published; theirs are as the official tools read them. */
export const EVENTBRIDGE_SHAPES: Readonly<Record<string, Shape>> = {
  CreateEventStreaming: { ...COMMON, Data: { EventStreamingARN: "text" } },
  UpdateEventStreaming: COMMON,
  GetEventStreaming: {
    ...COMMON,
    Data: {
      ...STREAM,
      DetailedStatus: {
        DelayTime: "integer",
        DiffOffset: "integer",
        Extensions: { ErrorCode: "text", ErrorMessage: "text" },
        TPS: "number",
      },
    },
  },
  ListEventStreamings: {
    ...COMMON,
    Data: { EventStreamings: [STREAM], NextToken: "text", Total: "integer" },
  },
  StartEventStreaming: COMMON,
  PauseEventStreaming: COMMON,
  DeleteEventStreaming: COMMON,
  TestEventPattern: { ...COMMON, Data: { Result: "flag" } },
  TestEventSourceConfig: {
    ...COMMON,
    Data: [{ CheckItem: "text", ErrorMsg: "text", IsSucceed: "text" }],
  },
  TagResources: COMMON,
  UntagResources: COMMON,
  ListTagResources: {
    ...COMMON,
    NextToken: "text",
    TagResources: {
      TagResource: [{ ResourceId: "text", ResourceType: "text", TagKey: "text", TagValue: "text" }],
    },
  },
};
