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

/**
 * One published action. RPC actions are found by their name, ROA actions by `route`.
 * The request schema sees the decoded parameters: for RPC the un-flattened query and form (strings),
 * for ROA path, query and JSON body members merged (body wins over query, path over both).
 */
export interface ActionDefinition {
  readonly name: string;
  /** A read-only key may call "read" actions only. */
  readonly kind: "read" | "write";
  /** One sentence for the generated table of actions. */
  readonly summary: string;
  /** What of the published action is not done, or undefined when whole. */
  readonly partial?: string;
  readonly route?: { readonly method: string; readonly path: string };
  readonly request: z.ZodType;
  /** The published fields of the success answer. */
  readonly answer?: AnswerShape;
  /** The fields of the success answer; the room's envelope adds the rest. */
  readonly handler: (ctx: CallContext, input: never) => Promise<object> | object;
}

/** Types a handler by its schema; the result goes into a room's list of actions. */
export function defineAction<S extends z.ZodType>(
  spec: Omit<ActionDefinition, "request" | "handler"> & {
    readonly request: S;
    readonly handler: (ctx: CallContext, input: z.output<S>) => Promise<object> | object;
  },
): ActionDefinition {
  return spec as unknown as ActionDefinition;
}

/** Binds a published action to what does it; the result goes into a room's list of actions. */
export function serveAction<S extends z.ZodType, A extends AnswerShape>(
  { coverage, ...definition }: Action<S, A>,
  handler: (ctx: CallContext, input: z.output<S>) => Promise<AnswerOf<A>> | AnswerOf<A>,
): ActionDefinition {
  const partial = coverage === "whole" ? {} : { partial: coverage.missing };
  return { ...definition, ...partial, handler: handler as ActionDefinition["handler"] };
}

/** How a product wraps answers and failures (contract differences per product live in its room). */
export interface Envelope {
  success(result: object, meta: AnswerMeta): object;
  failure(error: ServiceError, meta: AnswerMeta): { httpStatus: number; body: object };
  /** LargeRequestQueue the first failed parameter into the product's own error. Absent: Missing{Name} / Invalid{Name}. */
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
