import { actionsOf } from "../action.ts";

/** Defines an action of IoT Platform, version 2018-01-20. */
export const iotAction = actionsOf("iot");

export const METADATA = "published metadata of IoT Platform, version 2018-01-20";

/** What every answer may have: the two error fields are absent from a success. */
export const outcome = {
  Code: "string",
  ErrorMessage: "string",
  RequestId: "string",
  Success: "boolean",
} as const;

/** Which page of a list an answer is. */
export const page = {
  CurrentPage: "integer",
  PageCount: "integer",
  PageSize: "integer",
  Total: "integer",
} as const;
