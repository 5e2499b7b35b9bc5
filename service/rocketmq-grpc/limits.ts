/** Bounds of a listener. Each may be set; times in milliseconds. */
export interface MessagingLimits {
  readonly connectionsMax: number;
  readonly connectionsPerAddressMax: number;
  /** Calls of one connection at once; the client waits with more. */
  readonly streamsPerConnectionMax: number;
  /** From the connection to the first call that is let in. */
  readonly firstCallMsMax: number;
  /** Without a call; every client sends a heartbeat every 10 s. */
  readonly idleMsMax: number;
  readonly pingEveryMs: number;
  /** Without an answer to a ping. */
  readonly pongMsMax: number;
  /** Of one request, a batch of messages too. */
  readonly requestBytesMax: number;
  /** Of one request that sends no messages. */
  readonly smallRequestBytesMax: number;
  /** Requests whose bytes are coming in, of all clients and of one address; more wait their turn. */
  readonly readingMax: number;
  readonly readingPerHostMax: number;
  /** For a request to come in whole. */
  readonly readMsMax: number;
  readonly bodyBytesMax: number;
  readonly propertiesMax: number;
  /** Properties, tag and keys of a message together. */
  readonly propertyBytesMax: number;
  /** A message group has fewer. */
  readonly messageGroupBytesMax: number;
  readonly messagesPerSendMax: number;
  readonly entriesPerAckMax: number;
  readonly delayMsMax: number;
  readonly pollMsMax: number;
  /** An answer to a receive is there so long before the client's own deadline. */
  readonly pollReserveMs: number;
  readonly receiveMessagesMax: number;
  /** Bodies of one receive; one message that is larger goes alone. */
  readonly receiveBytesMax: number;
  readonly invisibleMsMin: number;
  readonly invisibleMsMax: number;
  /** Receives that wait, of all clients and of one. */
  readonly waitingMax: number;
  readonly waitingPerClientMax: number;
  /** Answers that are not taken yet, of all clients. */
  readonly untakenBytesMax: number;
  /** An answer of which nothing is taken for so long is dropped. */
  readonly stalledMsMax: number;
  readonly clientsMax: number;
  readonly subscriptionsMax: number;
  /** A client is gone when nothing was heard of it for so long; it sends a heartbeat every 10 s. */
  readonly silentMsMax: number;
  /** A client whose stream has ended is gone when it does not come back within. */
  readonly comeBackMsMax: number;
  /** Hidden for so long at first, and again and again, while a push consumer has it. */
  readonly renewedMs: number;
  readonly renewAheadMs: number;
  /** A message is renewed for so long at most. */
  readonly renewingMsMax: number;
  /** Messages with push consumers; more than these are not renewed. */
  readonly heldMax: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;
const SECOND = 1000;
const HOUR = 3600 * SECOND;

export const DEFAULT_LIMITS: MessagingLimits = {
  connectionsMax: 1_000,
  connectionsPerAddressMax: 500,
  streamsPerConnectionMax: 256,
  firstCallMsMax: 15 * SECOND,
  idleMsMax: 120 * SECOND,
  pingEveryMs: 60 * SECOND,
  pongMsMax: 20 * SECOND,
  requestBytesMax: 4 * MIB + 256 * KIB,
  smallRequestBytesMax: 256 * KIB,
  readingMax: 32,
  readingPerHostMax: 24,
  readMsMax: 30 * SECOND,
  bodyBytesMax: 4 * MIB,
  propertiesMax: 128,
  propertyBytesMax: 16 * KIB,
  messageGroupBytesMax: 64,
  messagesPerSendMax: 1_024,
  entriesPerAckMax: 1_024,
  delayMsMax: 24 * HOUR,
  pollMsMax: 20 * SECOND,
  pollReserveMs: 100,
  receiveMessagesMax: 32,
  receiveBytesMax: 8 * MIB,
  invisibleMsMin: 10 * SECOND,
  invisibleMsMax: 12 * HOUR,
  waitingMax: 10_000,
  waitingPerClientMax: 256,
  untakenBytesMax: 128 * MIB,
  stalledMsMax: 60 * SECOND,
  clientsMax: 2_000,
  subscriptionsMax: 1_000,
  silentMsMax: 45 * SECOND,
  comeBackMsMax: 5 * SECOND,
  renewedMs: 60 * SECOND,
  renewAheadMs: 10 * SECOND,
  renewingMsMax: 3 * HOUR,
  heldMax: 200_000,
};
