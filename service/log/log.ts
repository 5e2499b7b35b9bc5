/**
 * A durable sequence of entries, written by one and read by many. It knows neither what the payloads hold nor who asks
 * for them: offsets count records, times are whole seconds since the epoch, positions are bytes that only the writer
 * understands.
 */
export interface Log {
  /**
   * Appends entries, all of them or none, and resolves when they are durable. Calls may overlap: what waits together is
   * made durable together, in the order of the calls. Rejects with a LogError; then nothing of this call and of those
   * behind it is kept, and the writer looks at `range()` before it goes on. After IO it refuses all until `discardIncomplete` has found
   * the disk to work again, or the log is opened anew.
   */
  append(entries: readonly LogEntry[]): Promise<void>;
  /**
   * The payloads that hold the records from `fromOffset` on, whole entries, only up to the last complete one, at least one
   * even if it is larger than `bytesMax`; with `isBounded` that one is left out and told as `larger`. Empty at the end. Throws
   * LogError OFFSET_OUT_OF_RANGE outside the range.
   */
  read(fromOffset: number, bytesMax: number, isBounded?: boolean): Promise<LogRead>;
  /**
   * The first entry that may be read and whose last record is at or behind this time; undefined when all are older. The
   * place's `seconds` are those of its first record at or behind the time.
   */
  findTime(seconds: number): Promise<LogPlace | undefined>;
  range(): LogRange;
  /** Where the writer stood after the last complete entry, whether that is still kept or not; empty before the first. */
  position(): Uint8Array;
  /** Cuts off what follows the last complete entry: the rest of something that was never ended. A writer begins with it. */
  discardIncomplete(): Promise<void>;
  /** Gives up whole segments whose entries all lie before this offset; never the last complete entry. */
  trim(beforeOffset: number): Promise<void>;
  /** Calls `listener` whenever more can be read; returns a function that ends that. */
  onReadable(listener: () => void): () => void;
  /** What was appended is durable; nothing is read or written afterwards. */
  close(): Promise<void>;
}

export interface LogEntry {
  /** Offset of the first record; the log's `nextOffset` at this place. */
  readonly baseOffset: number;
  /** 1 or more. */
  readonly recordCount: number;
  /** Time of the first and of the last record. No entry is older than the one before it. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  /** Where the writer stands when this entry is durable; at most 4 KiB. */
  readonly position: Uint8Array;
  /** True when readers may see all up to its end: it ends a transaction, or stands alone. */
  readonly complete: boolean;
  readonly payload: Uint8Array;
}

export interface LogRead {
  readonly payloads: readonly Uint8Array[];
  /** Offset of the first record of the first payload; may lie before the one asked for. */
  readonly baseOffset: number;
  /** Behind the last record of the last payload. */
  readonly nextOffset: number;
  /** The entry that holds `fromOffset`, where it alone is larger than was allowed: nothing was read then. */
  readonly larger?: LargerEntry;
}

interface LargerEntry {
  /** Of the payload. */
  readonly bytes: number;
  /** Of its last record. */
  readonly lastSeconds: number;
}

export interface LogPlace {
  readonly offset: number;
  readonly seconds: number;
}

export interface LogRange {
  /** First record that may still be read: the first of a whole transaction. */
  readonly startOffset: number;
  /** Behind the last record that may be read. */
  readonly endOffset: number;
  /** Behind the last record that was appended. */
  readonly nextOffset: number;
  /** Times of the first and last record that may be read; undefined while there is none. */
  readonly firstSeconds?: number;
  readonly lastSeconds?: number;
  /** On disk, or in memory. */
  readonly bytes: number;
}

/** Logs by name. A name is 1 to 64 letters, digits, `_` and `-`. */
export interface LogStore {
  /**
   * Opens, or makes; the same log for the same name while it is open. `firstOffset` is that of the first record of a log that is
   * made, and the same whenever it is opened while it may be empty; default 0.
   */
  open(name: string, firstOffset?: number): Promise<Log>;
  /** Removes the log with all it holds; nothing happens when there is none. */
  remove(name: string): Promise<void>;
  /** Names of what is kept. */
  list(): Promise<readonly string[]>;
  /** Bytes of all that is kept, on disk or in memory. */
  size(): Promise<number>;
  close(): Promise<void>;
}

/**
 * What is kept of each log: the oldest segments beyond either bound are given up. Age counts from when an entry was
 * appended, not from its records' times. In memory, entries that are not complete have to fit into `bytesMax`.
 */
export interface LogRetention {
  readonly bytesMax: number;
  readonly ageSecondsMax: number;
}

type LogErrorCode = "OFFSET_OUT_OF_RANGE" | "NOT_IN_ORDER" | "DISK_FULL" | "IO" | "CORRUPT" | "CLOSED";

/** `code` is stable; the message says what, where and what to do. */
export class LogError extends Error {
  readonly code: LogErrorCode;
  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LogError";
    this.code = code;
  }
}
