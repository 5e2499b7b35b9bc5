import type { RunOptions, StreamSink, StreamSource } from "../../../../contract/eventbridge/configuration.ts";
import type { Part } from "../../../../contract/eventbridge/transform.ts";
import {
  type InflowRetryPolicy,
  offsetSeconds,
  RETRY_POLICY_SPELLINGS,
  SINK_VERSIONS,
} from "../../../../contract/limits/eventbridge.ts";
import { MESSAGE_FORMS } from "../../../schema/inflow-message.ts";
import type { StreamDefinition } from "../../api/stream-definition.ts";
import type { TaskInputs } from "./inputs.ts";
import type { Tracking } from "./tracking.ts";

/** What the inputs come to on the wire. Everything is sent, so that what was taken out of the program goes. */
export function definitionOf(inputs: TaskInputs, tracking: Tracking): StreamDefinition {
  return {
    EventStreamingName: inputs.name,
    Description: inputs.description ?? "",
    FilterPattern: filterText(inputs.filter),
    Source: sourceOf(inputs, tracking),
    Sink: sinkOf(inputs),
    RunOptions: runOptionsOf(inputs),
    Transforms: transformsOf(inputs),
  };
}

export function filterText(filter: TaskInputs["filter"]): string {
  if (filter === undefined || filter === "") return "{}";
  return typeof filter === "string" ? filter : JSON.stringify(filter);
}

function sourceOf({ source }: TaskInputs, tracking: Tracking): StreamSource {
  const { consumerOffset: offset, consumerOffsetZone: zone } = source;
  const seconds = offset === undefined ? undefined : offsetSeconds(offset, zone);
  return {
    SourceDTSParameters: {
      TaskId: source.instance,
      BrokerUrl: tracking.brokerUrl,
      Topic: tracking.topic,
      Sid: source.groupId,
      Username: source.account,
      Password: source.password,
      ...(seconds === undefined ? {} : { InitCheckPoint: seconds }),
    },
  };
}

export function sinkOf({ sink }: Pick<TaskInputs, "sink">): StreamSink {
  return {
    SinkRocketMQParameters: {
      InstanceId: constant(sink.instance),
      InstanceType: constant(SINK_VERSIONS[sink.version]),
      Topic: constant(sink.topic),
      Body: partOf(sink.body ?? { form: "completeData" }),
      ...(sink.properties === undefined ? {} : { Properties: partOf(sink.properties) }),
      ...(sink.key === undefined ? {} : { Keys: partOf(sink.key) }),
      ...(sink.tag === undefined ? {} : { Tags: partOf(sink.tag) }),
    },
  };
}

export function runOptionsOf(inputs: TaskInputs): RunOptions {
  const { batch, retryPolicy, errorsTolerance, deadLetterQueue } = inputs;
  const window = {
    ...(batch?.messages === undefined ? {} : { CountBasedWindow: batch.messages }),
    ...(batch?.intervalSeconds === undefined ? {} : { TimeBasedWindow: batch.intervalSeconds }),
  };
  return {
    ...(Object.keys(window).length === 0 ? {} : { BatchWindow: window }),
    ...(errorsTolerance === undefined ? {} : { ErrorsTolerance: errorsTolerance }),
    ...(retryPolicy === undefined ? {} : { RetryStrategy: { PushRetryStrategy: spelling(retryPolicy) } }),
    ...(deadLetterQueue === undefined ? {} : { DeadLetterQueue: { Arn: deadLetterQueue.arn } }),
  };
}

export function transformsOf({ transform }: Pick<TaskInputs, "transform">) {
  return transform === undefined ? [] : [{ Arn: transform.functionArn }];
}

/** The documented spelling is the first. */
function spelling(policy: InflowRetryPolicy) {
  return RETRY_POLICY_SPELLINGS[policy][0];
}

/** A type and not an interface: a member of the wire may hold more. */
type WirePart = { Form: Part["Form"]; Value?: Part["Value"]; Template?: Part["Template"] };

function constant(value: string): WirePart {
  return { Form: "CONSTANT", Value: value };
}

type MessagePart = NonNullable<TaskInputs["sink"]["body"]>;

function partOf(part: MessagePart): WirePart {
  const Form = MESSAGE_FORMS[part.form];
  switch (part.form) {
    case "completeData":
      return { Form };
    case "dataExtraction":
      return { Form, Value: part.path };
    case "fixedValue":
      return { Form, Value: part.value };
    case "template":
      return { Form, Value: JSON.stringify(part.parameters ?? {}), Template: part.template };
  }
}
