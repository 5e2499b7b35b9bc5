import { MessagingError } from "./backend.ts";
import { enums } from "./wire/generated/enums.ts";

export const { Code } = enums;
export type CodeName = keyof typeof Code;

/** As it stands in every answer. */
export interface WireStatus {
  readonly code: number;
  readonly message: string;
}

export const OK: WireStatus = { code: Code.OK, message: "OK" };

/** Answers a call with a code of the published list. The message says what, where and what to do. */
export class Refusal extends Error {
  readonly code: CodeName;
  constructor(code: CodeName, message: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
  }
}

const codeOf: Readonly<Record<MessagingError["code"], CodeName>> = {
  TOPIC_NOT_FOUND: "TOPIC_NOT_FOUND",
  GROUP_NOT_FOUND: "CONSUMER_GROUP_NOT_FOUND",
  MESSAGE_TYPE: "MESSAGE_PROPERTY_CONFLICT_WITH_TYPE",
  MESSAGE_TOO_LARGE: "MESSAGE_BODY_TOO_LARGE",
  ILLEGAL_FILTER: "ILLEGAL_FILTER_EXPRESSION",
  ILLEGAL_MESSAGE: "BAD_REQUEST",
  TOO_MANY_REQUESTS: "TOO_MANY_REQUESTS",
  DISK_FULL: "INTERNAL_SERVER_ERROR",
  CLOSED: "INTERNAL_SERVER_ERROR",
};

/** Undefined for what is no answer but a fault of ours. */
export function foreseen(error: unknown): WireStatus | undefined {
  if (error instanceof Refusal) return { code: Code[error.code], message: error.message };
  if (error instanceof MessagingError) return { code: Code[codeOf[error.code]], message: error.message };
  return undefined;
}

/** All the same, or MULTIPLE_RESULTS. */
export function joined(all: readonly WireStatus[]): WireStatus {
  const [first = { code: Code.INTERNAL_SERVER_ERROR, message: "nothing was done" }] = all;
  const isOne = all.every(({ code }) => code === first.code);
  return isOne ? first : { code: Code.MULTIPLE_RESULTS, message: "the entries have different results" };
}
