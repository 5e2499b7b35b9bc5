import { withRule } from "../validation/refusal.ts";
import type { ErrorEntry } from "./entry.ts";

export { CMS_ERRORS } from "./cms.ts";
export { DTS_ERRORS } from "./dts.ts";
export type { Basis, ErrorEntry } from "./entry.ts";
export { EVENTBRIDGE_ERRORS } from "./eventbridge.ts";
export { GATEWAY_ERRORS } from "./gateway.ts";
export { IOT_ERRORS } from "./iot.ts";
export { ONS_ERRORS } from "./ons.ts";
export { ROCKETMQ_ERRORS } from "./rocketmq.ts";

/** What the place that fails knows; everything is optional and must hold no secret. */
export interface ErrorDetails {
  /** Published name of the parameter at fault; fills `{Name}` in code and message. */
  readonly parameter?: string;
  readonly dynamicCode?: string;
  /** Fills `%s` in the message; without it the parameter's name does. */
  readonly dynamicMessage?: string;
  /** Said instead of the table's text; nothing is filled in. */
  readonly message?: string;
  /** Said after the text: the limit, the value, what to do next. */
  readonly detail?: string;
  /** Put behind everything as it is, without a space. */
  readonly suffix?: string;
  /** Id of the documented rule behind it; ends the message: `[DTS-4]`. */
  readonly rule?: string | undefined;
}

/** The longest published name has 40 characters; what a stranger calls a parameter is not repeated at length. */
const NAME_CHARS_MAX = 120;

/**
 * A failure with a published or chosen code, as both sides know it. Match it by `code`, never by text.
 * `message` is complete: placeholders are filled.
 */
export class ServiceError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly retryable: boolean;
  readonly parameter: string | undefined;
  readonly dynamicCode: string | undefined;
  readonly dynamicMessage: string | undefined;
  readonly rule: string | undefined;

  constructor(entry: ErrorEntry, details: ErrorDetails = {}) {
    const name = details.parameter === undefined ? "" : capitalised(shortened(details.parameter));
    const fill = (text: string) =>
      text.replaceAll("{Name}", () => name).replaceAll("%s", () => details.dynamicMessage ?? name);
    const text = details.message ?? fill(entry.message);
    const detail = details.detail === undefined ? "" : ` ${details.detail}`;
    super(withRule(`${text}${detail}${details.suffix ?? ""}`, details.rule));
    this.name = "ServiceError";
    this.code = fill(entry.code);
    this.httpStatus = entry.httpStatus;
    this.retryable = entry.retryable;
    this.parameter = details.parameter;
    this.dynamicCode = details.dynamicCode;
    this.dynamicMessage = details.dynamicMessage;
    this.rule = details.rule;
  }
}

/** Builds the failure of a table's entry. */
export function serviceError(entry: ErrorEntry, details: ErrorDetails = {}): ServiceError {
  return new ServiceError(entry, details);
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Well-formed, so that it can stand in an address. */
function shortened(name: string): string {
  return name.slice(0, NAME_CHARS_MAX).toWellFormed();
}
