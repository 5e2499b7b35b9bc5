/**
 * What the listener of one 5.x instance serves: topics that producers send to, and groups that take messages out of them. The
 * listener knows the wire and nothing of how messages are kept; whoever starts it gives it this.
 */
export interface MessagingBackend {
  /** The password of an account, in clear; undefined where there is no such account, or it is switched off. */
  secretOf(username: string): Promise<string | undefined>;
  /** True where clients without an account are let in. */
  readonly allowsAnonymous: boolean;
  /** Undefined where it is not declared. */
  topic(name: string): MessagingTopic | undefined;
  /** Undefined where it is not declared: no client makes one (RMQ-9), but for the setting that lets it. */
  group(name: string): MessagingGroup | undefined;
  /** Resolves when all are durable; one receipt a message, in order. Rejects with a MessagingError; then none is kept. */
  send(topic: string, messages: readonly NewMessage[]): Promise<readonly SendReceipt[]>;
  /**
   * Messages for one client of a group, at most `messagesMax`, each hidden from the others for `invisibleMs`. Waits for the
   * first up to `waitMsMax`, or until `signal`; then there are none.
   */
  receive(wish: ReceiveWish, signal: AbortSignal): Promise<readonly Delivery[]>;
  /** Confirms; false for a handle that counts no longer (confirmed, handed out anew, or not of this group and topic). */
  ack(place: GroupPlace, handle: string): Promise<boolean>;
  /** Hides a message for so long from now on; the handle that counts from now on, undefined for one that counts no longer. */
  changeInvisible(place: GroupPlace, handle: string, invisibleMs: number): Promise<string | undefined>;
  /** Ends the retries of a message: to the dead-letter topic, or discarded, as the group says. False as for `ack`. */
  forwardToDeadLetters(place: GroupPlace, handle: string): Promise<boolean>;
  /** Commits or rolls back a half message; false where there is none, or it was decided the other way. */
  endTransaction(topic: string, transactionId: string, decision: "COMMIT" | "ROLLBACK"): Promise<boolean>;
  /** Takes back a delayed message that was not delivered yet; its id, undefined where it is too late. */
  recall(topic: string, recallHandle: string): Promise<string | undefined>;
  /** Told, at once, whenever the clients have changed; never throws. */
  clients(present: readonly MessagingClient[]): void;
  /** Half messages whose producer is to be asked; called with one again until it is decided or given up. Returns what ends that. */
  onUndecided(listener: (half: HalfMessage) => void): () => void;
}

type MessageType = "NORMAL" | "FIFO" | "DELAY" | "TRANSACTION";

export interface MessagingTopic {
  readonly name: string;
  readonly messageType: MessageType;
}

/** How a group's messages are delivered (RMQ-3 to RMQ-5). */
export interface MessagingGroup {
  readonly name: string;
  readonly isOrdered: boolean;
  /** 0 to 1000. Attempts are one more. */
  readonly maxRetries: number;
  /** Waits before each retry, in ms; the last one counts for all that follow. For push consumers alone. */
  readonly retryMs: readonly number[];
}

export interface GroupPlace {
  readonly group: string;
  readonly topic: string;
}

/** A message as its producer hands it over. */
export interface NewMessage {
  /** Made by the producer; unique. */
  readonly messageId: string;
  /** At most 4 MiB. */
  readonly body: Uint8Array;
  readonly tag?: string;
  readonly keys: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  /** Messages of one group are delivered one behind the other, in the order in which they were sent. FIFO topics alone. */
  readonly messageGroup?: string;
  /** Not before; ms since the epoch. DELAY topics alone. */
  readonly deliverAtMs?: number;
  /** Half a message: delivered once its transaction is committed. TRANSACTION topics alone. */
  readonly isHalf?: boolean;
  /** Of half a message: its producer is asked so long after; at most one hour. The backend's own time where it is absent. */
  readonly askAfterMs?: number;
  readonly bornAtMs: number;
  readonly bornHost: string;
  /** Body digest, body encoding and trace context, as they came: handed on unread. */
  readonly wire: MessageWire;
}

interface MessageWire {
  readonly bodyDigestType: number;
  readonly bodyDigest: string;
  readonly bodyEncoding: number;
  readonly traceContext?: string;
}

export interface SendReceipt {
  readonly messageId: string;
  readonly offset: number;
  readonly transactionId?: string;
  readonly recallHandle?: string;
}

export interface ReceiveWish extends GroupPlace {
  readonly clientId: string;
  readonly filter: { readonly type: "TAG" | "SQL92"; readonly expression: string };
  /** 1 or more. */
  readonly messagesMax: number;
  /** No more messages when their bodies together have reached it. */
  readonly bytesMax: number;
  readonly invisibleMs: number;
  readonly waitMsMax: number;
  /** A push consumer: the group's own retry steps count, and what was not confirmed in time is retried by them. */
  readonly isPush: boolean;
}

export interface Delivery {
  readonly message: NewMessage;
  readonly offset: number;
  readonly storedAtMs: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly handle: string;
  readonly invisibleMs: number;
}

export interface HalfMessage {
  readonly topic: string;
  readonly transactionId: string;
  readonly message: NewMessage;
}

/** Who is connected now. */
export interface MessagingClient {
  readonly clientId: string;
  /** `host:port` of the client's end. */
  readonly address: string;
  readonly connectedAtMs: number;
  readonly language: string;
  readonly version: string;
  readonly kind: "PRODUCER" | "PUSH_CONSUMER" | "SIMPLE_CONSUMER";
  /** Undefined of a producer. */
  readonly group?: string;
  readonly subscriptions: readonly { topic: string; type: "TAG" | "SQL92"; expression: string }[];
}

type MessagingErrorCode =
  | "TOPIC_NOT_FOUND"
  | "GROUP_NOT_FOUND"
  | "MESSAGE_TYPE"
  | "MESSAGE_TOO_LARGE"
  | "ILLEGAL_FILTER"
  | "ILLEGAL_MESSAGE"
  | "TOO_MANY_REQUESTS"
  | "DISK_FULL"
  | "CLOSED";

/** `code` is stable; the message says what, where and what to do. */
export class MessagingError extends Error {
  readonly code: MessagingErrorCode;
  constructor(code: MessagingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MessagingError";
    this.code = code;
  }
}
