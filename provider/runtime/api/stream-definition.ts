import type {
  RunOptions,
  StreamSink,
  StreamSource,
  StreamTransforms,
} from "../../../contract/eventbridge/configuration.ts";
import {
  createEventStreaming,
  updateEventStreaming,
} from "../../../contract/eventbridge/stream-definition.ts";
import type { EventbridgeApi } from "./eventbridge.ts";

/** What an event stream is made of, as objects; on the wire each of them is JSON text. */
export interface StreamDefinition {
  readonly EventStreamingName: string;
  readonly Description: string;
  /** JSON text. */
  readonly FilterPattern: string;
  readonly Source: StreamSource;
  readonly Sink: StreamSink;
  readonly RunOptions: RunOptions;
  readonly Transforms: StreamTransforms;
}

export function createStream(api: EventbridgeApi, definition: StreamDefinition) {
  return api.send(createEventStreaming, onWire(definition), "once");
}

export function updateStream(api: EventbridgeApi, definition: StreamDefinition) {
  return api.send(updateEventStreaming, onWire(definition), "repeatable");
}

function onWire(definition: StreamDefinition) {
  const { Source, Sink, RunOptions, Transforms, ...strings } = definition;
  return {
    ...strings,
    Source: JSON.stringify(Source),
    Sink: JSON.stringify(Sink),
    RunOptions: JSON.stringify(RunOptions),
    Transforms: JSON.stringify(Transforms),
  };
}
