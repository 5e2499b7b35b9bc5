import type { MessagePort } from "node:worker_threads";

/*
 * Lines between the threads of different rooms: what moves data asks the thread that keeps it, not the main thread. A room
 * offers the other end as a port; it has to be asked for anew when the line closes, because that thread has died then.
 */

/** Offered by the room that keeps changes, and by the one that keeps messages. */
export interface DataLinePort {
  /** The end of a new line. Rejects while its thread is not up. */
  connect(): Promise<MessagePort>;
}

/** What a reader of changes asks of the thread that keeps them. Offsets are those of the instance's topic. */
export interface ChangeReaderCalls {
  /**
   * Takes the group for this line, as its one client (DTS-2); a claim ends with its line. Rejects with GROUP_IN_USE while another
   * client holds the group, and with NO_GROUP where there is none.
   */
  claim(input: GroupClaim): ClaimedGroup;
  /** Where a reader begins who wants all from this second on. */
  seek(input: { readonly groupId: string; readonly seconds: number }): { readonly offset: number };
  /**
   * Record batches as clients fetch them, from the one on that holds `fromOffset`, at most `bytesMax` but always one where
   * there is one; waits up to `waitMsMax` for the first. Rejects with OUT_OF_RANGE and NOT_CLAIMED.
   */
  read(input: ChangeWish): ChangePage;
  /** Answers when it is durable. */
  commit(input: { readonly groupId: string; readonly offset: number; readonly metadata: string }): void;
  release(input: { readonly groupId: string }): void;
}

interface GroupClaim {
  readonly groupId: string;
  /** Shown as the group's client. */
  readonly client: string;
}

export interface ClaimedGroup {
  readonly topic: string;
  /** What the group committed last; undefined where it never did. */
  readonly committed: { readonly offset: number; readonly metadata: string } | undefined;
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface ChangeWish {
  readonly groupId: string;
  readonly fromOffset: number;
  readonly bytesMax: number;
  readonly waitMsMax: number;
}

export interface ChangePage {
  readonly nextOffset: number;
  /** Behind the last record that may be read now. */
  readonly endOffset: number;
  readonly payloads: readonly Uint8Array[];
}

/** What a sender of messages asks of the thread that keeps them. */
export interface MessageSenderCalls {
  /** Answers when all are durable. Rejects with TOPIC_NOT_FOUND, INSTANCE_NOT_FOUND, MESSAGE_TOO_LARGE, MESSAGE_TYPE, DISK_FULL. */
  send(input: SendWish): void;
}

export interface SendWish {
  readonly instanceId: string;
  readonly topic: string;
  readonly messages: readonly OutgoingMessage[];
}

export interface OutgoingMessage {
  readonly body: Uint8Array;
  readonly tag?: string;
  readonly keys: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  /** Messages of one group are delivered in the order in which they were sent. FIFO topics alone. */
  readonly messageGroup?: string;
}
