import type { KafkaBackend, KafkaPrincipal } from "../backend.ts";
import type { ByteBudget } from "../byte-budget.ts";
import type { Group } from "../groups/group.ts";
import type { KafkaLimits } from "../limits.ts";
import type { Login } from "../login.ts";
import type { Peer } from "../peer.ts";
import { type Decoded, type Fields, type Given, type Versions, versionsOf } from "../wire/fields.ts";
import { Message } from "../wire/message.ts";

/** What a handler is given beside the request. */
export interface Call {
  readonly version: number;
  readonly peer: Peer;
  readonly backend: KafkaBackend;
  readonly limits: KafkaLimits;
  /** Of the group of the user. */
  readonly group: Group;
  readonly principal: KafkaPrincipal;
  /** Where clients are to connect. */
  readonly advertised: Place;
  readonly clusterId: string;
  readonly unread: ByteBudget;
  now(): number;
  /** Called when the answer has been taken by the client, or the connection is closed. */
  onSent(listener: () => void): void;
}

/** Before the login there is neither user nor group. */
export interface OpenCall extends Omit<Call, "group" | "principal"> {
  readonly login: Login;
  readonly apis: readonly Api[];
}

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** In place of an answer: the connection is closed. */
export const CLOSE = Symbol("close");

type Answer<A extends Fields> = Given<Decoded<A>> | typeof CLOSE;

interface Definition<Q extends Fields, A extends Fields> {
  readonly key: number;
  readonly name: string;
  /** The ones that are served. */
  readonly versions: string;
  /** Versions from here on use compact lengths and tags; none when left out. */
  readonly flexibleFrom?: number;
  readonly request: Q;
  readonly answer: A;
}

/** One API with its handler; the types of its messages stay inside. */
export interface Api {
  readonly key: number;
  readonly name: string;
  readonly versions: Versions;
  readonly flexibleFrom: number;
  readonly request: Message<Fields>;
  readonly answer: Message<Fields>;
  readonly handle: Handler;
}

export type AnyAnswer = Given<Decoded<Fields>> | typeof CLOSE;

type Handler =
  | { readonly needsLogin: true; run(call: Call, request: Decoded<Fields>): Promise<AnyAnswer> }
  | { readonly needsLogin: false; run(call: OpenCall, request: Decoded<Fields>): Promise<AnyAnswer> };

export function api<Q extends Fields, A extends Fields>(
  definition: Definition<Q, A> & {
    handle(call: Call, request: Decoded<Q>): Answer<A> | Promise<Answer<A>>;
  },
): Api {
  const { handle } = definition;
  return {
    ...common(definition),
    handle: {
      needsLogin: true,
      run: async (call, request) => handle(call, request as Decoded<Q>) as AnyAnswer,
    },
  };
}

/** An API that is served before the login, too. */
export function openApi<Q extends Fields, A extends Fields>(
  definition: Definition<Q, A> & {
    handle(call: OpenCall, request: Decoded<Q>): Answer<A> | Promise<Answer<A>>;
  },
): Api {
  const { handle } = definition;
  return {
    ...common(definition),
    handle: {
      needsLogin: false,
      run: async (call, request) => handle(call, request as Decoded<Q>) as AnyAnswer,
    },
  };
}

function common<Q extends Fields, A extends Fields>(definition: Definition<Q, A>): Omit<Api, "handle"> {
  const { key, name, versions, flexibleFrom = Number.MAX_SAFE_INTEGER } = definition;
  return {
    key,
    name,
    versions: versionsOf(versions),
    flexibleFrom,
    request: new Message<Fields>(definition.request, flexibleFrom),
    answer: new Message<Fields>(definition.answer, flexibleFrom),
  };
}
