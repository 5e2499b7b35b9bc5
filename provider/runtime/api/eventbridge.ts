import type { AnswerFieldsOf } from "../../../contract/action.ts";
import {
  deleteEventStreaming,
  getEventStreaming,
  listEventStreamings,
  pauseEventStreaming,
  startEventStreaming,
} from "../../../contract/eventbridge/streams.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";

export type StreamRecord = NonNullable<AnswerFieldsOf<typeof getEventStreaming>["Data"]>;

/** Largest page that the list gives. */
const STREAM_PAGE_SIZE_MAX = 100;

/** EventBridge in one region: the actions that inflow tasks use, each typed as published. Making and changing one: `stream-definition.ts`. */
export class EventbridgeApi {
  readonly send: CallAction;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.send = actionCaller(client, { region, common: { RegionId: region }, look });
  }

  async stream(EventStreamingName: string): Promise<StreamRecord> {
    return (await this.send(getEventStreaming, { EventStreamingName }, "repeatable")).Data ?? {};
  }

  async streams(NextToken: string | undefined) {
    const page = { Limit: STREAM_PAGE_SIZE_MAX, NextToken };
    return (await this.send(listEventStreamings, page, "repeatable")).Data ?? {};
  }

  start(EventStreamingName: string) {
    return this.send(startEventStreaming, { EventStreamingName }, "repeatable");
  }

  pause(EventStreamingName: string) {
    return this.send(pauseEventStreaming, { EventStreamingName }, "repeatable");
  }

  delete(EventStreamingName: string) {
    return this.send(deleteEventStreaming, { EventStreamingName }, "repeatable");
  }
}
