import { actionsOf } from "../action.ts";

/** Defines an action of EventBridge, version 2020-04-01. */
export const eventbridgeAction = actionsOf("eventbridge");

export const METADATA = "published metadata of EventBridge, version 2020-04-01";

/** What every answer has. */
export const outcome = {
  Code: "string",
  Message: "string",
  RequestId: "string",
  Success: "boolean",
} as const;
