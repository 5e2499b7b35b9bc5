import type { Action, UnservedAction } from "../action.ts";
import { createEventStreaming, updateEventStreaming } from "./stream-definition.ts";
import * as streams from "./streams.ts";
import * as tags from "./tags.ts";
import * as trials from "./trials.ts";

/** Every action of EventBridge, version 2020-04-01, that the local service does. */
export const EVENTBRIDGE_ACTIONS: readonly Action[] = [
  createEventStreaming,
  updateEventStreaming,
  ...Object.values(streams),
  ...Object.values(trials),
  ...Object.values(tags),
];

/** Published, and not served here. */
export const EVENTBRIDGE_NOT_SERVED: readonly UnservedAction[] = [
  "CheckServiceLinkedRoleForProduct",
  "CreateServiceLinkedRoleForProduct",
  "UpdateEventStreamingBusinessOption",
].map((name) => ({ name }));
