/** What one room offers to others. Rooms never import each other; they meet here, by capability. */
export interface Ports {
  provide<K extends keyof PortTypes>(name: K, port: PortTypes[K]): void;
  /** Undefined when no room offers it. */
  find<K extends keyof PortTypes>(name: K): PortTypes[K] | undefined;
}

/** Live figures of a consumer group; filled by the data plane, honest zeros until a client can connect. */
export interface GroupActivity {
  readonly connectedClients: number;
  readonly accumulatedMessages: number;
  /** Messages per minute over the last minute. */
  readonly consumedPerMinute: number;
  /** How many of these had been waiting in the backlog; absent means none. */
  readonly consumedFromBacklogPerMinute?: number;
  /** Milliseconds since the epoch; undefined when nothing was ever consumed. */
  readonly lastConsumedAtMs?: number;
  readonly clients: readonly { clientId: string; address: string; connectedAtMs: number }[];
}

export interface TrackingGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly userName: string;
  readonly instanceId: string;
  readonly jobId: string;
  readonly region: string;
  readonly status: string;
  readonly topic: string;
  /** Data range of the tracking task, seconds since the epoch. */
  readonly beginSeconds: number;
  readonly endSeconds: number;
}

export interface TrackingPort {
  group(groupId: string): TrackingGroup | undefined;
  /** True when account and password are those of the group. */
  authenticate(groupId: string, userName: string, password: string): boolean;
}

export interface QueueTopic {
  readonly instanceId: string;
  readonly topic: string;
  /** "4.x" or "5.x". */
  readonly version: "4.x" | "5.x";
  readonly messageType: string;
}

export interface QueuePort {
  instance(instanceId: string): { instanceId: string; version: "4.x" | "5.x"; region: string } | undefined;
  topic(instanceId: string, topic: string): QueueTopic | undefined;
}

export interface ActivityPort {
  /** `kind` is the room's name; `key` identifies the group inside it. */
  activity(kind: string, key: string): GroupActivity;
  /** Drops what waits for the group. Absent: nothing is kept, so there is nothing to drop. */
  clear?(kind: string, key: string): void;
}

export interface FigurePoint {
  readonly timestampMs: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Figures for alert rules and metric queries. A room offers its own; the monitoring room reads them all. */
export interface FiguresPort {
  readonly namespace: string;
  points(metric: string, fromMs: number, toMs: number): readonly FigurePoint[];
}

export interface PortTypes {
  tracking: TrackingPort;
  queues4: QueuePort;
  queues5: QueuePort;
  activity: ActivityPort;
  figures: FiguresPort[];
}
