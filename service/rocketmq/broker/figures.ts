import type { MessagingClient } from "../../rocketmq-grpc/backend.ts";

/** How an instance does. Counts are those since the broker was opened, and never go back. */
export interface InstanceFigures {
  readonly instanceId: string;
  readonly topics: readonly TopicFigures[];
  readonly groups: readonly GroupFigures[];
  /** Of producers. */
  readonly producers: number;
}

interface TopicFigures {
  readonly topic: string;
  readonly sent: number;
  /** Delayed, or halves of transactions. */
  readonly held: number;
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface GroupFigures {
  readonly group: string;
  readonly clients: readonly MessagingClient[];
  /** Of topics that a client has asked for. */
  readonly topics: readonly SubscriptionFigures[];
  /** What somebody should see to, in words. */
  readonly notes: readonly string[];
  readonly throttled: number;
}

export interface SubscriptionFigures {
  readonly topic: string;
  readonly ready: number;
  readonly inflight: number;
  /** When the oldest of those that are ready was stored; undefined where none is. */
  readonly oldestReadyAtMs?: number;
  readonly received: number;
  readonly receivedLastMinute: number;
  readonly lastReceivedAtMs?: number;
  readonly deadLettered: number;
  readonly discarded: number;
  /** What clients subscribe with now, else subscribed with last. */
  readonly filter: string;
  readonly filterType: "TAG" | "SQL92";
  readonly isConsistent: boolean;
}
