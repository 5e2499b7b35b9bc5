import type { MessagePort } from "node:worker_threads";
import type { Settings } from "../../core/settings/service-options.ts";
import type { CommittedOffset, GroupSession, KafkaPrincipal } from "../../kafka/backend.ts";
import type { LogEntry, LogRange, LogRetention } from "../../log/log.ts";
import type { CaptureJob } from "../capture/capture.ts";

/*
 * What the three threads say to each other. A capture is named by its capture id, and so is its log: one job has a new one
 * after each reset, so that nothing of before can be taken for something of after.
 */

/** How the log thread is started. */
export interface LogThreadData {
  /** Undefined keeps the logs in memory. */
  readonly folder: string | undefined;
  readonly retention: LogRetention;
  readonly listener: ListenerPlace;
  /** Clients take a change of it for another cluster. */
  readonly clusterId: string;
}

interface ListenerPlace extends ListenerPort {
  readonly host: string;
  /** A second port on the same host; undefined for none. */
  readonly public: ListenerPort | undefined;
}

interface ListenerPort {
  readonly port: number;
  /** What clients are told; undefined for where they connected to. */
  readonly advertised: { readonly host: string; readonly port: number } | undefined;
}

/** Where Kafka clients are listened for. */
export interface ListeningPlace {
  readonly host: string;
  readonly port: number;
  readonly publicPort: number | undefined;
}

/** What the main thread asks of the log thread. */
export interface LogThreadCalls {
  /** Opens the logs and listens. Rejects when the port is taken or the folder cannot be used. */
  start(input: Record<string, never>): ListeningPlace;
  /** Lets clients read the log of a capture under the topic; undefined when there is no such log. */
  serve(input: ServedTopic): LogStanding | undefined;
  /** Removes the log; no error when there is none. */
  remove(input: { readonly captureId: string }): void;
  /** Where a reader begins who wants all from this second on. */
  seek(input: { readonly captureId: string; readonly seconds: number }): SeekedPlace;
  /** Whole entries from the one on that holds `fromOffset`; for readers beside the Kafka clients. */
  read(input: LogWish): LogPage;
  /** What was known of the group's password counts no longer; with `gone` its clients are disconnected. */
  forgetGroup(input: { readonly groupId: string; readonly gone: boolean }): void;
  /** The other end of a new capture thread; an older one has gone. */
  connect(input: { readonly port: MessagePort }): void;
  /** One more reader of changes inside this process, at the other end; it speaks ChangeReaderCalls. */
  reader(input: { readonly port: MessagePort }): void;
  stop(input: Record<string, never>): void;
}

/** What a log holds, and where in the source its last complete entry ends: empty before the first. */
export interface LogStanding extends LogRange {
  readonly position: Uint8Array;
}

interface ServedTopic {
  readonly captureId: string;
  readonly topic: string;
  /** Of the log. */
  readonly firstOffset: number;
}

export interface SeekedPlace {
  readonly offset: number;
  readonly seconds: number;
}

interface LogWish {
  readonly captureId: string;
  /** Undefined: behind the last record. One that is kept no longer is the oldest that is. */
  readonly fromOffset: number | undefined;
  /** One entry is given whatever its size. */
  readonly bytesMax: number;
}

export interface LogPage {
  /** Where it was read from. */
  readonly fromOffset: number;
  readonly nextOffset: number;
  /** Record batches; the first may begin before `fromOffset`. */
  readonly payloads: readonly Uint8Array[];
}

/** A committed offset, with the time of the last record that it says was read; undefined when that is not kept any more. */
export interface Commit extends CommittedOffset {
  readonly groupId: string;
  readonly topic: string;
  readonly seconds: number | undefined;
}

/** What the log thread asks of the main thread. */
export interface LogThreadNeeds {
  authenticate(input: { readonly user: string; readonly password: string }): KafkaPrincipal | undefined;
  /** The topic that a group reads; undefined where there is no such group. */
  topicOf(input: { readonly groupId: string }): string | undefined;
  committed(input: { readonly groupId: string; readonly topic: string }): CommittedOffset | undefined;
  /** Answers when all are durable. */
  commit(input: readonly Commit[]): void;
  /** Told when ranges have changed, and not more often than some times a second. */
  ranges(input: Readonly<Record<string, LogStanding>>): void;
  session(input: { readonly groupId: string; readonly session: GroupSession }): void;
  note(input: ThreadNote): void;
}

/** A line for the service's log. */
export interface ThreadNote {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly event: string;
  readonly fields: Record<string, unknown>;
}

/** What is captured; the objects as the API writes them, because a selection cannot cross threads. */
export interface CaptureOrder extends Omit<CaptureJob, "jobId" | "objects"> {
  readonly captureId: string;
  /** JSON text. */
  readonly objects: string;
  /** The settings name the address, so that it may be internal wherever the service listens. */
  readonly isConfigured: boolean;
  /** False when the log must be there already: a missing one would be a gap. */
  readonly mayBegin: boolean;
  /** Of a log that is begun. */
  readonly firstOffset: number;
  /** Tells the states of this run from those of earlier ones. */
  readonly run: number;
}

/** How the capture thread is started: which addresses it may connect to, and how. */
export type CaptureThreadData = Pick<Settings, "host" | "outbound" | "sourceTls">;

/** What the main thread asks of the capture thread. */
export interface CaptureThreadCalls {
  /** Captures until it is told to stop, whatever happens; what ran under this id before ends first. */
  run(input: CaptureOrder): void;
  /** Answers when nothing is read any more and all that was read is durable or given up. */
  stop(input: { readonly captureId: string }): void;
  stopAll(input: Record<string, never>): void;
  /** Stops, and takes away what was made in the source. Rejects with what is left and how to remove it. */
  cleanUp(input: CaptureOrder): void;
  /** The other end of a new log thread; an older one has gone. */
  connect(input: { readonly port: MessagePort }): void;
}

/**
 * What a capture does now. `trouble` is tried again by itself, but for `isFinal`: that needs somebody. Codes are those of
 * CaptureError and LogError; LOG_LOST: the log that captured before is not there; LOG_UNREACHABLE and CAPTURE_UNREACHABLE: a
 * thread has ended and is started again.
 */
export type CaptureState =
  | { readonly kind: "running"; readonly notes: readonly string[] }
  | {
      readonly kind: "trouble";
      readonly code: string;
      readonly message: string;
      readonly isFinal: boolean;
    };

/** What the capture thread tells the main thread. */
export interface CaptureThreadNeeds {
  state(input: { readonly captureId: string; readonly run: number; readonly state: CaptureState }): void;
  largeRow(input: LargeRow): void;
  note(input: ThreadNote): void;
}

export interface LargeRow {
  readonly captureId: string;
  readonly table: string;
  readonly bytes: number;
  readonly atMs: number;
}

/** What the capture thread asks of the log thread. */
export interface LogWriterCalls {
  /** Cuts off what was never ended, and says where the log goes on. Rejects with LOG_LOST when it must be there and is not. */
  open(input: Pick<CaptureOrder, "captureId" | "mayBegin" | "firstOffset">): OpenedLog;
  /** Answers when all entries are durable. */
  append(input: { readonly captureId: string; readonly entries: readonly LogEntry[] }): void;
}

export interface OpenedLog {
  readonly position: Uint8Array;
  readonly nextOffset: number;
  /** 0 for an empty log. */
  readonly lastSeconds: number;
}
