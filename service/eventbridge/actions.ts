import type { ServedAction } from "../core/kit/action.ts";
import { createEventStreaming } from "./actions/create-event-streaming.ts";
import { deleteEventStreaming } from "./actions/delete-event-streaming.ts";
import { getEventStreaming } from "./actions/get-event-streaming.ts";
import { listEventStreamings } from "./actions/list-event-streamings.ts";
import { listTagResources } from "./actions/list-tag-resources.ts";
import { pauseEventStreaming } from "./actions/pause-event-streaming.ts";
import { startEventStreaming } from "./actions/start-event-streaming.ts";
import { tagResources } from "./actions/tag-resources.ts";
import { testEventPattern } from "./actions/test-event-pattern.ts";
import { testEventSourceConfig } from "./actions/test-event-source-config.ts";
import { untagResources } from "./actions/untag-resources.ts";
import { updateEventStreaming } from "./actions/update-event-streaming.ts";

/** Every action that is served: event streams, trying patterns and sources, tags. */
export const eventbridgeActions: readonly ServedAction[] = [
  createEventStreaming,
  updateEventStreaming,
  getEventStreaming,
  listEventStreamings,
  startEventStreaming,
  pauseEventStreaming,
  deleteEventStreaming,
  testEventPattern,
  testEventSourceConfig,
  tagResources,
  untagResources,
  listTagResources,
];
