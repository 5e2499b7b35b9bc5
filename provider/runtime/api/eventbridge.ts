import type { AnswerFieldsOf } from "../../../contract/action.ts";
import type {
  RunOptions,
  StreamSink,
  StreamSource,
  StreamTransforms,
} from "../../../contract/eventbridge/configuration.ts";
import {
  createEventStreaming,
  deleteEventStreaming,
  getEventStreaming,
  listEventStreamings,
  pauseEventStreaming,
  startEventStreaming,
  updateEventStreaming,
} from "../../../contract/eventbridge/streams.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";

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

export type StreamRecord = NonNullable<AnswerFieldsOf<typeof getEventStreaming>["Data"]>;

/** Largest page that the list gives. */
const STREAM_PAGE_SIZE_MAX = 100;

/** EventBridge in one region: the actions that inflow tasks use, each typed as published. */
export class EventbridgeApi {
  readonly #send: CallAction;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.#send = actionCaller(client, { region, common: { RegionId: region }, look });
  }

  create(definition: StreamDefinition) {
    return this.#send(createEventStreaming, onWire(definition), "once");
  }

  update(definition: StreamDefinition) {
    return this.#send(updateEventStreaming, onWire(definition), "repeatable");
  }

  async stream(EventStreamingName: string): Promise<StreamRecord> {
    return (await this.#send(getEventStreaming, { EventStreamingName }, "repeatable")).Data ?? {};
  }

  async streams(NextToken: string | undefined) {
    const page = { Limit: STREAM_PAGE_SIZE_MAX, NextToken };
    return (await this.#send(listEventStreamings, page, "repeatable")).Data ?? {};
  }

  start(EventStreamingName: string) {
    return this.#send(startEventStreaming, { EventStreamingName }, "repeatable");
  }

  pause(EventStreamingName: string) {
    return this.#send(pauseEventStreaming, { EventStreamingName }, "repeatable");
  }

  delete(EventStreamingName: string) {
    return this.#send(deleteEventStreaming, { EventStreamingName }, "repeatable");
  }
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
