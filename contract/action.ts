import type { z } from "zod";
import type { AnswerOf, AnswerShape } from "./answer.ts";
import type { ProductName } from "./products.ts";

/** How much of a published action the local service does; `missing` says what it does not. */
export type Coverage = "whole" | { readonly missing: string };

/** Where a product that goes by method and path (ROA) has an action; `{name}` stands for a parameter. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
}

/**
 * One published action, described once: the service binds a handler to it, the provider calls it, both are typed by
 * it, and the table of actions in docs/ comes from it.
 */
export interface Action<
  Request extends z.ZodType = z.ZodType,
  Answer extends AnswerShape = AnswerShape,
  Product extends string = string,
> {
  readonly product: Product;
  readonly name: string;
  /** A read-only key may call "read" actions only. */
  readonly kind: "read" | "write";
  /** One sentence for the table of actions. */
  readonly summary: string;
  /** Address of the published text, or how the action is known where none is published. */
  readonly source: string;
  readonly coverage: Coverage;
  /** Test files, from the root of the repository, that call the action on the real service. */
  readonly testedBy: readonly string[];
  /** ROA products only. */
  readonly route?: Route;
  /**
   * The parameters as clients send them. For RPC the un-flattened query and form (strings), for ROA path, query and
   * JSON body members merged (body wins over query, path over both). A function, because who only calls the action has
   * no use for the schema, and to build one takes longer than all the rest.
   */
  readonly request: () => Request;
  /** The published fields of the success answer. */
  readonly answer: Answer;
}

/** A published action that the local service does not do: so that it is told apart from one that does not exist. */
export type UnservedAction = Pick<Action, "name" | "route">;

/** Defines the actions of one product. Types each by its own request and answer. */
export function actionsOf<const Product extends ProductName | "bss" | "location">(product: Product) {
  return <Request extends z.ZodType, const Answer extends AnswerShape>(
    definition: Omit<Action<Request, Answer, Product>, "product">,
  ): Action<Request, Answer, Product> => ({ product, ...definition });
}

/** The parameters that a client gives for an action. */
export type RequestOf<A extends Action> = z.input<ReturnType<A["request"]>>;

/** The same as who serves the action takes them: judged, and with the defaults of what was not given. */
export type InputOf<A extends Action> = z.output<ReturnType<A["request"]>>;

/** The fields that a client may find in an action's answer. Nothing checks them there, so all are optional. */
export type AnswerFieldsOf<A extends Action> = AnswerOf<A["answer"]>;
