import type { MessagingBackend } from "../backend.ts";
import type { Clients } from "../clients.ts";
import type { Held } from "../held.ts";
import type { MessagingLimits } from "../limits.ts";
import type { MessagingLog } from "../messaging-log.ts";
import type { Turnstile } from "../turnstile.ts";
import type { Draft } from "../wire/wire.ts";

/** Who calls: let in, and known by the headers of the call. */
export interface Caller {
  readonly clientId: string;
  /** `host:port` of the client's end. */
  readonly address: string;
  /** Where the client has reached us. */
  readonly reached: Place;
  readonly language: string;
  readonly version: string;
  /** Rejects with UNAUTHORIZED when it would not be let in any more: its account was switched off, or has another password. */
  readonly check: () => Promise<void>;
}

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** What every call of a listener works with. */
export interface Room {
  readonly backend: MessagingBackend;
  readonly limits: MessagingLimits;
  /** The instance's id: the one namespace that clients may name. */
  readonly namespace: string;
  /** Where clients are told to connect, where that is not where they have come. */
  readonly advertised: Partial<Place>;
  readonly clients: Clients;
  readonly held: Held;
  readonly turnstile: Turnstile;
  /** A call was let in over the connection with this other end. */
  readonly called: (address: string) => void;
  /** Ends a client's connection: for one that takes nothing any more. */
  readonly drop: (address: string, reason: string) => void;
  readonly log: MessagingLog;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A call with one answer. Rejects with a Refusal or a MessagingError, which is then the answer's status. */
export type Call<Q, A> = (request: Q, caller: Caller, room: Room) => Promise<Draft<A>> | Draft<A>;
