import { type Refusal, withRule } from "../validation/refusal.ts";

/** Where a pattern, a path or a transformation is wrong. */
export interface Problem extends Refusal {
  /** Key at fault, for example `data.operationType[0].prefix`; empty for the whole. */
  readonly at: string;
}

export type EventErrorCode = "InvalidEventPattern" | "InvalidTransform" | "TransformFailed";

/** The one error that the functions of this folder throw. */
export class EventError extends Error {
  readonly code: EventErrorCode;
  /** Key, path or variable at fault; empty for the whole. */
  readonly at: string;

  constructor(code: EventErrorCode, problem: Problem) {
    super(problemText(problem));
    this.name = "EventError";
    this.code = code;
    this.at = problem.at;
  }
}

function problemText({ at, text, rule }: Problem): string {
  return withRule(at === "" ? text : `${at} ${text}`, rule);
}
