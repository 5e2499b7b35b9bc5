import type {
  RunOptions,
  StreamSink,
  StreamSource,
  StreamTransforms,
} from "../../../contract/eventbridge/stream.ts";
import type { ApiClient } from "./client.ts";
import type { Repeat } from "./retry.ts";

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

export interface StreamRecord extends Partial<StreamDefinition> {
  readonly Status?: string;
  readonly DetailedStatus?: DetailedStatus;
}

/** Figures, and in the extensions whatever the service has to say. */
export interface DetailedStatus {
  readonly DelayTime?: number;
  readonly DiffOffset?: number;
  readonly TPS?: number;
  readonly Extensions?: Readonly<Record<string, unknown>>;
}

export interface StreamPage {
  readonly EventStreamings?: readonly StreamRecord[];
  readonly NextToken?: string;
}

/** Largest page that the list gives. */
export const STREAM_PAGE_SIZE_MAX = 100;

/** EventBridge in one region: the actions that inflow tasks use, each typed as published. */
export class EventbridgeApi {
  readonly #client: ApiClient;
  readonly #region: string;
  readonly #look: boolean;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.#client = client;
    this.#region = region;
    this.#look = look;
  }

  create(definition: StreamDefinition) {
    return this.#call("CreateEventStreaming", onWire(definition), "once");
  }

  update(definition: StreamDefinition) {
    return this.#call("UpdateEventStreaming", onWire(definition), "repeatable");
  }

  async stream(name: string): Promise<StreamRecord> {
    const answer = await this.#call<StreamRecord>("GetEventStreaming", named(name), "repeatable");
    return answer.Data ?? {};
  }

  async streams(page: { readonly NextToken?: string }): Promise<StreamPage> {
    const request = { Limit: STREAM_PAGE_SIZE_MAX, ...page };
    return (await this.#call<StreamPage>("ListEventStreamings", request, "repeatable")).Data ?? {};
  }

  start(name: string) {
    return this.#call("StartEventStreaming", named(name), "repeatable");
  }

  pause(name: string) {
    return this.#call("PauseEventStreaming", named(name), "repeatable");
  }

  delete(name: string) {
    return this.#call("DeleteEventStreaming", named(name), "repeatable");
  }

  #call<T>(action: string, request: object, repeat: Repeat): Promise<{ readonly Data?: T }> {
    const parameters = { RegionId: this.#region, ...request };
    const call = { product: "eventbridge", region: this.#region, action, parameters } as const;
    return this.#client.call<{ readonly Data: T }>(call, { repeat, look: this.#look });
  }
}

function named(name: string) {
  return { EventStreamingName: name };
}

function onWire(definition: StreamDefinition): object {
  const { Source, Sink, RunOptions, Transforms, ...texts } = definition;
  return {
    ...texts,
    Source: JSON.stringify(Source),
    Sink: JSON.stringify(Sink),
    RunOptions: JSON.stringify(RunOptions),
    Transforms: JSON.stringify(Transforms),
  };
}
