import type { FieldType, Shape } from "../dts/shapes/shape.ts";

/** What every answer has. */
const COMMON = { Code: "string", Message: "string", RequestId: "string", Success: "boolean" } as const;

const PART = { Form: "string", Template: "string", Value: "string" } as const satisfies Record<
  string,
  FieldType
>;

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
  Description: "string",
  EventStreamingName: "string",
  FilterPattern: "string",
  RunOptions: {
    BatchWindow: { CountBasedWindow: "integer", TimeBasedWindow: "integer" },
    BusinessOption: {
      BusinessMode: "string",
      MaxCapacityUnitCount: "integer",
      MinCapacityUnitCount: "integer",
    },
    DeadLetterQueue: {
      Arn: "string",
      Network: "string",
      SecurityGroupId: "string",
      VSwitchIds: "string",
      VpcId: "string",
    },
    ErrorsTolerance: "string",
    MaximumTasks: "integer",
    RetryStrategy: {
      MaximumEventAgeInSeconds: "number",
      MaximumRetryAttempts: "number",
      PushRetryStrategy: "string",
    },
    Throttling: "integer",
  },
  Sink: { SinkRocketMQParameters: Object.fromEntries(PARTS.map((name): [string, Shape] => [name, PART])) },
  Source: {
    SourceDTSParameters: {
      BrokerUrl: "string",
      InitCheckPoint: "string",
      Password: "string",
      Sid: "string",
      TaskId: "string",
      Topic: "string",
      Username: "string",
    },
  },
  Status: "string",
  Transforms: [{ Arn: "string" }],
} as const satisfies Shape;

/** Published fields of each answer. The tag calls are not published; theirs are as the official tools read them. */
export const EVENTBRIDGE_SHAPES: Readonly<Record<string, Shape>> = {
  CreateEventStreaming: { ...COMMON, Data: { EventStreamingARN: "string" } },
  UpdateEventStreaming: COMMON,
  GetEventStreaming: {
    ...COMMON,
    Data: {
      ...STREAM,
      DetailedStatus: {
        DelayTime: "integer",
        DiffOffset: "integer",
        Extensions: { ErrorCode: "string", ErrorMessage: "string" },
        TPS: "number",
      },
    },
  },
  ListEventStreamings: {
    ...COMMON,
    Data: { EventStreamings: [STREAM], NextToken: "string", Total: "integer" },
  },
  StartEventStreaming: COMMON,
  PauseEventStreaming: COMMON,
  DeleteEventStreaming: COMMON,
  TestEventPattern: { ...COMMON, Data: { Result: "boolean" } },
  TestEventSourceConfig: {
    ...COMMON,
    Data: [{ CheckItem: "string", ErrorMsg: "string", IsSucceed: "string" }],
  },
  TagResources: COMMON,
  UntagResources: COMMON,
  ListTagResources: {
    ...COMMON,
    NextToken: "string",
    TagResources: {
      TagResource: [{ ResourceId: "string", ResourceType: "string", TagKey: "string", TagValue: "string" }],
    },
  },
};
