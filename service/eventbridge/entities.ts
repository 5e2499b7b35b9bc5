import type { StreamRequest } from "../../contract/eventbridge/stream-definition.ts";

export type StreamStatus = "READY" | "STARTING" | "RUNNING" | "PAUSED" | "STARTING_FAILED" | "RUNNING_FAILED";

/** States in which a stream holds its consumer group (DTS-2). */
export const ACTIVE_STATUSES: readonly StreamStatus[] = ["STARTING", "RUNNING"];

/** An event stream: an inflow task, when its source is a change tracking task. */
export interface Stream {
  readonly region: string;
  /** Unique in its region. */
  readonly name: string;
  readonly accountId: string;
  readonly status: StreamStatus;
  /** Consumer group that is read with; empty for other sources. */
  readonly groupId: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Counts changes, so that a check which comes late does not overrule what happened meanwhile. */
  readonly generation: number;
  readonly description?: string | undefined;
  /** As sent; empty matches all events. */
  readonly filterPattern: string;
  /** JSON of a Configuration, sealed by the vault: sources and sinks hold passwords. */
  readonly sealedConfiguration: string;
  /** What the last start or edit found wrong. */
  readonly failure?: string | undefined;
  /** It failed because something that it needs has gone; it starts again when that is back. */
  readonly isLost?: boolean | undefined;
  /** MQ-5: since then the source's own offset counts and InitCheckPoint is not judged any more. */
  readonly firstConsumedAtMs?: number | undefined;
}

/** What was put, member for member. */
export type Configuration = Pick<StreamRequest, "Source" | "Sink" | "RunOptions" | "Transforms">;

export interface Tag {
  readonly key: string;
  readonly value: string;
}
