import type { z } from "zod";
import type { Action } from "../../../contract/action.ts";
import type { AnswerOf, AnswerShape } from "../../../contract/answer.ts";
import type { ServiceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "./kernel.ts";

/** Who calls: the owner of a verified access key. */
export interface Principal {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly rights: "all" | "readOnly";
}

/** One verified call, handed to an action's handler. */
export interface CallContext extends Kernel {
  readonly requestId: string;
  /** Where something new is made: the region that the call names, else the one the service is configured with. */
  readonly region: string;
  /** The region that the call names, by parameter, host or header. A list without one shows all regions. */
  readonly namedRegion: string | undefined;
  readonly principal: Principal;
  /** The Host header as received, empty when absent: where this client reaches the service. */
  readonly host: string;
  /** Signal that fires when the client has gone or the answer is overdue. */
  readonly signal: AbortSignal;
}

/** A published action with what does it. RPC actions are found by their name, ROA actions by `route`. */
export interface ServedAction extends Action {
  /** The fields of the success answer; the room's envelope adds the rest. */
  readonly handler: (ctx: CallContext, input: never) => Promise<object> | object;
}

/** Binds a published action to what does it; the result goes into a room's list of actions. */
export function defineAction<S extends z.ZodType, A extends AnswerShape>(
  published: Action<S, A>,
  handler: (ctx: CallContext, input: z.output<S>) => Promise<AnswerOf<A>> | AnswerOf<A>,
): ServedAction {
  return { ...published, handler };
}

/** How a product wraps answers and failures (contract differences per product live in its room). */
export interface Envelope {
  success(result: object, meta: AnswerMeta): object;
  failure(error: ServiceError, meta: AnswerMeta): { httpStatus: number; body: object };
  /** Turns the first failed parameter into the product's own error. Absent: Missing{Name} / Invalid{Name}. */
  invalid?(issue: ParameterIssue): ServiceError;
}

export interface AnswerMeta {
  readonly requestId: string;
  readonly hostId: string;
  readonly action: string;
  /** The published fields of the action's answer. */
  readonly answer?: AnswerShape | undefined;
}

/** A parameter that the request schema refused. `message` never holds a secret's value. */
export interface ParameterIssue {
  /** As published, e.g. `ConsumerGroupName` or `Resources.1.Arn`. */
  readonly parameter: string;
  readonly missing: boolean;
  readonly message: string;
  /** The rule id when the refusal comes from a documented limit. */
  readonly rule?: string;
}
