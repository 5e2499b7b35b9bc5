/*
 * What an answer says beside its own fields. Types differ from action to action (`Success` is a string in some, a
 * boolean in others), and clients assert them.
 */

/** The older family, and what was taken over from it. */
export const plainOutcome = {
  ErrCode: "string",
  ErrMessage: "string",
  RequestId: "string",
  Success: "string",
} as const;

/** Change tracking tasks and their consumer groups. */
export const statusOutcome = { ...plainOutcome, HttpStatusCode: "string" } as const;

const typedOutcome = {
  DynamicMessage: "string",
  ErrCode: "string",
  ErrMessage: "string",
  HttpStatusCode: "integer",
  RequestId: "string",
  Success: "boolean",
} as const;

/** Tasks of any type. */
export const dynamicOutcome = { ...typedOutcome, DynamicCode: "string" } as const;

/** What is changed at a task beside its work: name, account, payment, alert rules. */
export const codedOutcome = { ...typedOutcome, Code: "string" } as const;

/** What was added later: without the fields of failures. */
export const bareOutcome = { HttpStatusCode: "integer", RequestId: "string", Success: "boolean" } as const;

/** A list that is answered by page. */
export const pageOutcome = {
  PageNumber: "integer",
  PageRecordCount: "integer",
  TotalRecordCount: "integer",
} as const;
