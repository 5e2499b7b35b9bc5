import type { DataLinePort } from "../threads/data-lines.ts";

/** What one room offers to others. Rooms never import each other; they meet here, by capability. */
export interface Ports {
  provide<K extends keyof PortTypes>(name: K, port: PortTypes[K]): void;
  /** Undefined when no room offers it. */
  find<K extends keyof PortTypes>(name: K): PortTypes[K] | undefined;
  /** For what several rooms offer side by side. */
  add<K extends keyof PortLists>(name: K, port: PortLists[K]): void;
  /** In the order in which the rooms were opened. */
  all<K extends keyof PortLists>(name: K): readonly PortLists[K][];
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
  /** Time that the last consumed message itself bears, and how far it is behind the newest one; absent where no one knows. */
  readonly consumedUntilMs?: number;
  readonly delaySeconds?: number;
  readonly clients: readonly GroupClient[];
  /** By topic, where the group reads several; absent without a data plane. */
  readonly topics?: readonly TopicActivity[];
}

export interface GroupClient {
  readonly clientId: string;
  readonly address: string;
  readonly connectedAtMs: number;
  readonly language?: string;
  readonly version?: string;
  /** Its own, where clients of a group may differ. */
  readonly subscriptions?: readonly Pick<TopicActivity, "topic" | "filter" | "filterType">[];
}

/** What a group does with one topic it subscribes to. */
export interface TopicActivity {
  readonly topic: string;
  readonly accumulatedMessages: number;
  /** Handed to a client and not confirmed yet. */
  readonly inflightMessages: number;
  /** Age of the oldest message that was not handed out. */
  readonly delaySeconds: number;
  readonly lastConsumedAtMs?: number;
  readonly filter: string;
  readonly filterType: "TAG" | "SQL92";
  /** False when the clients of the group subscribe differently. */
  readonly consistent: boolean;
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

interface QueueTopic {
  readonly instanceId: string;
  readonly topic: string;
  /** "4.x" or "5.x". */
  readonly version: "4.x" | "5.x";
  readonly messageType: string;
}

/** How the messages of a group are delivered; of a 5.x server, where the group decides it. */
export interface QueueGroup {
  readonly instanceId: string;
  readonly groupId: string;
  readonly order: "Concurrently" | "Orderly";
  readonly maxRetries: number;
  /** Undefined: growing intervals. */
  readonly fixedIntervalSeconds?: number;
  /** Undefined: discarded after the last retry. */
  readonly deadLetterTopic?: string;
}

export interface QueuePort {
  /** Undefined for a group that is not declared; asking makes none. */
  group?(instanceId: string, groupId: string): QueueGroup | undefined;
  /** The group as a client meets it: made on the way where the settings allow that. */
  groupForClient?(instanceId: string, groupId: string): QueueGroup | undefined;
  /** True when user name and password are those of an account of the instance. */
  authenticate?(instanceId: string, userName: string, password: string): boolean;
  instance(instanceId: string): { instanceId: string; version: "4.x" | "5.x"; region: string } | undefined;
  topic(instanceId: string, topic: string): QueueTopic | undefined;
}

export interface ActivityPort {
  /** `kind` is the room's name; `key` identifies the group inside it. Undefined for a group that others may know of. */
  activity(kind: string, key: string): GroupActivity | undefined;
  /** Drops what waits for the group. Absent: nothing is kept, so there is nothing to drop. */
  clear?(kind: string, key: string): void;
}

/** Moves what a group has read; the data plane offers it. */
interface OffsetsPort {
  /** `kind` and `key` as for the activity; without a time to the end of the topic. Done when it has returned, or resolved. */
  reset(kind: string, key: string, topic: string, toMs?: number): void | Promise<void>;
}

export interface Renewal {
  readonly status: "AutoRenewal" | "ManualRenewal" | "NotRenewal";
  /** As it was last set; it counts only where renewal is automatic. */
  readonly duration?: number;
  readonly unit?: "M" | "Y";
}

/** What was bought, as a bill lists it. */
export interface Purchase {
  readonly instanceId: string;
  readonly region: string;
  readonly status: string;
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  readonly paymentType: "Subscription" | "PayAsYouGo";
  readonly renewal: Renewal;
}

export interface PurchasesPort {
  /** Oldest first. */
  purchases(): readonly Purchase[];
  /** False when there is no such instance. */
  renew(instanceId: string, renewal: Renewal): boolean;
}

export interface FigurePoint {
  readonly timestampMs: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Figures for alert rules and metric queries. A room offers its own; the monitoring room reads them all. */
export interface FiguresPort {
  /** As published, for example `acs_rocketmq`. Several ports may speak for one. */
  readonly namespace: string;
  /** Raw values with `fromMs < timestampMs <= toMs`; none for a metric that is not known. Dimensions are the metric's. */
  points(metric: string, fromMs: number, toMs: number): readonly FigurePoint[];
}

export interface PortTypes {
  tracking: TrackingPort;
  queues4: QueuePort;
  queues5: QueuePort;
  offsets: OffsetsPort;
  purchases: PurchasesPort;
  /** Lines of ChangeReaderCalls. */
  changes: DataLinePort;
  /** Lines of MessageSenderCalls, to topics of 5.x instances. */
  messages5: DataLinePort;
}

/** Refers to what other rooms hold. */
interface DependentPort {
  /** Something that may be referred to has gone; it looks once the present work is stored. */
  lookAgain(): void;
}

/** What more than one room can offer. */
export interface PortLists {
  activity: ActivityPort;
  dependents: DependentPort;
  figures: FiguresPort;
}
