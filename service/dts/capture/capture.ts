import type { Socket } from "node:net";
import type { SourceTls } from "../../core/settings/service-options.ts";
import type { ChangeStream } from "../records/change-stream.ts";

/** Where changes are read from and which of them; all that a capture needs to know of a job. */
export interface CaptureJob {
  readonly jobId: string;
  /** Tells the captures of several services over one source apart; the same as long as the data folder lives. */
  readonly serviceId: string;
  readonly family: "postgres" | "mysql";
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly objects: ObjectSelection;
  readonly dml: boolean;
  readonly ddl: boolean;
  /** Seconds since the epoch; undefined for now. */
  readonly startAtSeconds?: number | undefined;
}

/** A table is tracked when this says so; names as the database spells them. A source without schemas gives one name twice. */
export interface ObjectSelection {
  hasTable(database: string, schema: string, table: string): boolean;
  hasSchema(database: string, schema: string): boolean;
}

/** What a capture is given from outside. */
export interface CaptureDependencies {
  /** Opens a connection to the source, as the settings allow it. */
  connect(): Promise<Socket>;
  readonly tls: SourceTls;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Reads one source. It may be told to read again after it failed; what it throws says whether that can help. */
export interface Capture {
  /**
   * Makes in the source what capture needs and is not there: idempotent. Called before the job is Normal and after a change
   * of its configuration. Never drops what an earlier position needs. `from` is the position that is stored, where there is
   * one: then no other place is looked for, and nothing is made that would keep one.
   */
  prepare(signal: AbortSignal, from?: Uint8Array): Promise<Prepared>;
  /**
   * Reads from the position on until the signal is raised; then it resolves. Rejects with a CaptureError. Where nothing in
   * the source keeps the place at which a new log begins, it hands that on first, as a heartbeat.
   */
  read(from: Uint8Array, sink: CaptureSink, signal: AbortSignal): Promise<void>;
  /** Takes away all that was made in the source; what is not there is no error. Rejects with what is left, and how to remove it. */
  cleanUp(signal: AbortSignal): Promise<void>;
}

export interface Prepared {
  /** Where to read from: the position that is stored, or where to begin when nothing was captured yet. */
  readonly position: Uint8Array;
  /** What will not be tracked and why, in plain words: shown in the status. */
  readonly notes: readonly string[];
}

/** Where the changes go. */
export interface CaptureSink {
  readonly stream: ChangeStream;
  /**
   * All that had come was taken: hands on the transactions that are whole; while others are on their way to the log,
   * together with what comes until then.
   */
  flush(): void;
  /** True when so much waits to become durable that reading should pause. */
  readonly isFull: boolean;
  /** Resolves when there is room again. */
  room(): Promise<void>;
  /** Position of the last entry that is durable: all that the source may be told. Undefined before the first. */
  readonly durable: Uint8Array | undefined;
  /** Called each time that moves on. */
  onDurable(listener: (position: Uint8Array) => void): void;
  /** A row of more than `LARGE_ROW_BYTES`: counted and shown, and delivered all the same. */
  largeRow(table: string, bytes: number): void;
}

/** Clients may not have the memory for larger rows (DTS-8). */
export const LARGE_ROW_BYTES = 16 * 1024 * 1024;

/**
 * `SOURCE_LOST`: could not connect, or the connection broke; trying again may help. `POSITION_LOST`: the source no longer has
 * what comes next (slot gone, log purged, another server). `REFUSED`: rights or settings of the source are missing.
 * `UNREADABLE`: the source sent something that cannot be decoded.
 */
type CaptureErrorCode = "SOURCE_LOST" | "POSITION_LOST" | "REFUSED" | "UNREADABLE";

/** `code` is stable, and says whether trying again can help; the message says what, where and what to do. */
export class CaptureError extends Error {
  readonly code: CaptureErrorCode;
  constructor(code: CaptureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CaptureError";
    this.code = code;
  }
}
