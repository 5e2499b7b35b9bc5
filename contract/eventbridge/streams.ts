import { z } from "zod";
import { integer, list, optional, text, withDefault } from "../params.ts";
import { eventbridgeAction, METADATA, outcome } from "./actions-of.ts";
import { commonParams, streamParams, tagFilter } from "./params.ts";

/** Event streams, which carry tracked changes into message queues. What they are made of: `stream-definition.ts`. */

const published = {
  source: METADATA,
  coverage: "whole",
  testedBy: ["test/service/eventbridge/clients.test.ts", "test/service/eventbridge/limits.test.ts"],
} as const;

const part = { Form: "string", Template: "string", Value: "string" } as const;

/**
 * A stream as it is read, member for member as it was put; but InitCheckPoint is published as an integer where it is
 * put and as a string where it is read. Sources and sinks that cannot run here have no shape.
 */
const stream = {
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
  Sink: {
    SinkRocketMQParameters: {
      Body: part,
      DeliveryOrderType: part,
      InstanceEndpoint: part,
      InstanceId: part,
      InstancePassword: part,
      InstanceType: part,
      InstanceUsername: part,
      Keys: part,
      Network: part,
      Properties: part,
      SecurityGroupId: part,
      ShardingKey: part,
      Tags: part,
      Topic: part,
      VSwitchIds: part,
      VpcId: part,
    },
  },
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
} as const;

/**
 * What a failed start found wrong is in DetailedStatus.Extensions.ErrorMessage, and what a running stream has trouble with; a
 * chosen name, because none is published. DelayTime is in seconds.
 */
export const getEventStreaming = eventbridgeAction({
  ...published,
  name: "GetEventStreaming",
  testedBy: ["test/service/eventbridge/regions.test.ts"],
  kind: "read",
  summary: "Describes an event stream, its state and what is wrong with it.",
  coverage: {
    missing: "DelayTime, DiffOffset and TPS of a stream that has not run since the service started",
  },
  request: () => z.object(streamParams()),
  answer: {
    ...outcome,
    Data: {
      ...stream,
      DetailedStatus: {
        DelayTime: "integer",
        DiffOffset: "integer",
        Extensions: { ErrorCode: "string", ErrorMessage: "string" },
        TPS: "number",
      },
    },
  },
});

const LIMIT_MAX = 100;

/** Those of a region (of all where the call names none), oldest first. NextToken only when more follows. */
export const listEventStreamings = eventbridgeAction({
  ...published,
  name: "ListEventStreamings",
  kind: "read",
  summary: "Lists event streams.",
  coverage: { missing: "SinkArn finds RocketMQ topics; SourceArn has no effect" },
  request: () =>
    z.object({
      ...commonParams(),
      Limit: withDefault(integer({ min: 1, max: LIMIT_MAX }), LIMIT_MAX),
      NextToken: optional(text()),
      NamePrefix: optional(text()),
      SinkArn: optional(text()),
      SourceArn: optional(text()),
      Tags: optional(list(tagFilter(), { max: 20 })),
    }),
  answer: { ...outcome, Data: { EventStreamings: [stream], NextToken: "string", Total: "integer" } },
});

/**
 * One that runs or starts is left alone. The stream is STARTING until source, sink and functions have been looked at,
 * then RUNNING or STARTING_FAILED. A group that another stream reads with is refused (DTS-2).
 */
export const startEventStreaming = eventbridgeAction({
  ...published,
  name: "StartEventStreaming",
  kind: "write",
  summary: "Starts an event stream after looking at its source, sink and functions.",
  coverage: {
    missing: "only change tracking to RocketMQ starts, and only 5.x instances get messages",
  },
  request: () => z.object(streamParams()),
  answer: outcome,
});

/** The stream keeps its place in the source. */
export const pauseEventStreaming = eventbridgeAction({
  ...published,
  name: "PauseEventStreaming",
  kind: "write",
  summary: "Pauses an event stream.",
  request: () => z.object(streamParams()),
  answer: outcome,
});

/** In any state, with its tags. */
export const deleteEventStreaming = eventbridgeAction({
  ...published,
  name: "DeleteEventStreaming",
  kind: "write",
  summary: "Deletes an event stream.",
  request: () => z.object(streamParams()),
  answer: outcome,
});
