import type { MessagePort } from "node:worker_threads";
import type { LogRetention } from "../../log/log.ts";
import type { InstanceFigures } from "../broker/figures.ts";
import type { GroupSpec, InstanceSpec } from "../broker/spec.ts";

/* What the main thread and the message thread say to each other. */

/** What the message thread is started with. */
export interface MessageThreadData {
  /** Undefined keeps everything in memory. */
  readonly folder: string | undefined;
  /** Of each topic. */
  readonly retention: LogRetention;
  readonly listener: ListenerSettings;
}

export interface ListenerSettings {
  readonly host: string;
  /** Of the first instance; others take the next free ones. 0: any. */
  readonly firstPort: number;
  /** What clients of the first port are told; those of the next port are told the next one. */
  readonly advertised: { readonly host: string; readonly port: number } | undefined;
}

/** An instance, and the port that it had before; undefined where it had none. */
export interface ServedInstance {
  readonly spec: InstanceSpec;
  readonly port: number | undefined;
}

/** Where the clients of an instance are listened for, or why not; then it is tried again. */
export type InstancePlace = { readonly host: string; readonly port: number } | { readonly failure: string };

export interface MessageThreadCalls {
  /** Opens what is kept, removes what is of none of these, and listens. */
  start(input: { readonly instances: readonly ServedInstance[] }): Readonly<Record<string, InstancePlace>>;
  /** Makes or changes an instance. */
  serve(input: ServedInstance): InstancePlace;
  /** Ends its clients, and removes its messages. */
  leave(input: { readonly instanceId: string }): void;
  /** The group goes on with what was stored at or behind `toMs`, without one behind all. */
  reset(input: {
    readonly instanceId: string;
    readonly group: string;
    readonly topic: string;
    readonly toMs: number | undefined;
  }): void;
  /** The end of a line of MessageSenderCalls. */
  connect(input: { readonly port: MessagePort }): void;
  /** Ends all clients; what was answered is kept. */
  stop(input: Record<string, never>): void;
}

export interface MessageThreadNeeds {
  /** A client uses a group that is not declared: as it was made, undefined where that may not be (RMQ-9). */
  makeGroup(input: { readonly instanceId: string; readonly group: string }): GroupSpec | undefined;
  figures(input: InstanceFigures): void;
  /** An instance is listened for at last, or no more. */
  place(input: { readonly instanceId: string; readonly place: InstancePlace }): void;
  note(input: ThreadNote): void;
}

/** A line of the service's log. */
export interface ThreadNote {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}
