/** Bounds of one service process. Every wait, queue and buffer of the server takes its bound from here. */
export interface ServerLimits {
  /** A request body; larger ones are refused with 413. */
  readonly bodyBytesMax: number;
  /** All bodies that are being read or wait for their turn; calls beyond it are `ServiceUnavailable`. */
  readonly bodiesBytesMax: number;
  /** A snapshot handed to `/_service/restore`; all of them that are being read at one moment too. */
  readonly snapshotBytesMax: number;
  /** Rows, cells and all else in a snapshot. */
  readonly snapshotValuesMax: number;
  /** Request line and headers together; calls by GET carry all parameters there. */
  readonly headerBytesMax: number;
  /** From the first header byte to the last. */
  readonly headersMsMax: number;
  /** From the headers to the end of the body. */
  readonly bodyMsMax: number;
  /** Idle connections are kept this long. */
  readonly keepAliveMs: number;
  readonly connectionsMax: number;
  /** The Node clients give up after 3 s; an answer later than this is `ServiceUnavailable` instead. */
  readonly answerMsMax: number;
  readonly journalEntriesMax: number;
  readonly faultRulesMax: number;
  /** Access keys made over `/_service/keys`, tokens included. */
  readonly keysMax: number;
  /** How long a stop waits for running requests, and a reset for those before it. */
  readonly drainMsMax: number;
}

export const serverLimits: ServerLimits = {
  bodyBytesMax: 4 * 1024 * 1024,
  bodiesBytesMax: 128 * 1024 * 1024,
  snapshotBytesMax: 256 * 1024 * 1024,
  snapshotValuesMax: 2_000_000,
  headerBytesMax: 128 * 1024,
  headersMsMax: 10_000,
  bodyMsMax: 10_000,
  keepAliveMs: 75_000,
  connectionsMax: 4_096,
  answerMsMax: 2_500,
  journalEntriesMax: 500,
  faultRulesMax: 200,
  keysMax: 1_000,
  drainMsMax: 5_000,
};
