/** What the listener serves: topics of one partition each, read by groups. Whoever starts the listener gives it this. */
export interface KafkaBackend {
  /** Undefined when the user or the password is wrong. */
  authenticate(user: string, password: string): Promise<KafkaPrincipal | undefined>;
  /** The topic as this user may see it; undefined when there is none. */
  topic(name: string): KafkaTopic | undefined;
  /** What the group committed; undefined when it never did. */
  committed(groupId: string, topic: string): Promise<CommittedOffset | undefined>;
  /** Resolves when it is durable. Rejects where it cannot be kept. */
  commit(groupId: string, topic: string, committed: CommittedOffset): Promise<void>;
  /** Told, at once, whenever the clients of a group change or have read; never throws. */
  observe(groupId: string, session: GroupSession): void;
}

/** Who is logged in: it may use one group and one topic. */
export interface KafkaPrincipal {
  readonly user: string;
  readonly groupId: string;
  readonly topic: string;
}

export interface KafkaTopic {
  readonly name: string;
  readonly startOffset: number;
  /** Behind the last record that may be read. */
  readonly endOffset: number;
  /**
   * Record batches, ready to send, from the one that holds `fromOffset` on, together at most `bytesMax`. Where that one alone is
   * larger there are none, and `largerBytes` says how large it is. Rejects out of range.
   */
  read(fromOffset: number, bytesMax: number): Promise<TopicRead>;
  /** First record at or behind the time; undefined when all are older. `timestamp` as the client sent it. */
  find(timestamp: number): Promise<{ readonly offset: number; readonly timestamp: number } | undefined>;
  onReadable(listener: () => void): () => void;
}

interface TopicRead {
  readonly batches: readonly Uint8Array[];
  readonly largerBytes?: number | undefined;
}

export interface CommittedOffset {
  readonly offset: number;
  /** Free text of the client, at most 4096 bytes. */
  readonly metadata: string;
}

/** Who reads as a group now. */
export interface GroupSession {
  readonly clients: readonly KafkaClient[];
  /** Clients that were turned away because another one holds the group, since the start. */
  readonly refused: number;
  /** Behind the last record that was sent; undefined before the first. */
  readonly fetchedOffset?: number;
  readonly fetchedAtMs?: number;
}

export interface KafkaClient {
  readonly clientId: string;
  /** `host:port` of the client's end. */
  readonly address: string;
  readonly connectedAtMs: number;
  readonly software?: string;
  readonly version?: string;
  readonly mode: "ASSIGN" | "SUBSCRIBE";
}
