import type { ImageValue } from "../record-schema.ts";

/** One connection to a source. */
export interface FireSession {
  /** Rejects with what the server refused; `isBroken` says whether the connection is still there. */
  run(sql: string): Promise<void>;
  readonly isBroken: boolean;
  close(): void;
}

/** A database server that a workload changes and that is killed now and then. */
export interface FireSource {
  /** What a subscription says of it. */
  readonly endpoint: Readonly<Record<string, string>>;
  /** `DbList`. */
  readonly objects: string;
  readonly workload: FireWorkload;
  /** A value of a record as `stored` gives it. */
  textOf(value: ImageValue): string | null;
  connect(): Promise<FireSession>;
  /** SIGKILL for the server and all its processes. */
  kill9(): Promise<void>;
  /** On the same port and data, with recovery. */
  restart(): Promise<void>;
  /** Cuts what the service reads through; how many connections that were. */
  cutReplication(): Promise<number>;
  /** Who reads, and how far, in the source's own words; for the message of a failure. */
  readers(): Promise<unknown>;
  /** By the object name of records: each row as the text of its columns, sorted. */
  stored(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** What captures have left in the source. */
  leftovers(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Numbers from 0 to below `below`. */
export type Pick = (below: number) => number;

/** What sessions do. All tables lie in one database; each transaction of a session begins with a row in `audit`. */
export interface FireWorkload {
  /** Object name in records of `audit(session, seq)`, of which no row is ever changed. */
  readonly audit: string;
  /** Of a row of `audit`: the last one of all, of session -1. */
  readonly setup: readonly string[];
  change(pick: Pick): string;
  definition(pick: Pick): string;
  /** False where a definition ends the transaction that it is in. */
  readonly isDefinitionInTransaction: boolean;
}

/** A row of either side in one form: columns in the order of their names. */
export function rowText(row: Readonly<Record<string, string | null>>): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function oneOf<T>(pick: Pick, from: readonly T[]): T {
  return from[pick(from.length)] as T;
}
