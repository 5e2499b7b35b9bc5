/** Bounds of a listener. Each may be set; times in milliseconds. */
export interface KafkaLimits {
  /** Of one request. */
  readonly requestBytesMax: number;
  /** Of one request before the client has logged in. */
  readonly loginBytesMax: number;
  /** From the connection to the end of the login. */
  readonly loginMsMax: number;
  /** Without a request. */
  readonly idleMsMax: number;
  /** Without a byte taken while an answer waits to be read. */
  readonly stalledMsMax: number;
  /** What an answer that waits to be read may take: so long for its bytes, and `stalledMsMax` on top. */
  readonly takenBytesPerSecondMin: number;
  readonly connectionsMax: number;
  /** Not logged in yet; one more ends the oldest of them. */
  readonly loginsMax: number;
  readonly connectionsPerGroupMax: number;
  /** Read ahead on one connection while one is answered. */
  readonly requestsAheadMax: number;
  /** Record data of one answer; one batch that is larger goes alone. */
  readonly fetchBytesMax: number;
  readonly fetchWaitMsMax: number;
  /** Record data of all answers that are not taken yet; one batch that is larger goes while nothing else is unread. */
  readonly unreadBytesMax: number;
  /** A client that reads without a group membership is gone when it has not asked for so long. */
  readonly readerMsMax: number;
  readonly sessionMsMin: number;
  readonly sessionMsMax: number;
  readonly rebalanceMsMax: number;
}

export const DEFAULT_LIMITS: KafkaLimits = {
  requestBytesMax: 1024 * 1024,
  loginBytesMax: 64 * 1024,
  loginMsMax: 15_000,
  idleMsMax: 600_000,
  stalledMsMax: 60_000,
  takenBytesPerSecondMin: 64 * 1024,
  connectionsMax: 1_000,
  loginsMax: 200,
  connectionsPerGroupMax: 32,
  requestsAheadMax: 16,
  fetchBytesMax: 16 * 1024 * 1024,
  fetchWaitMsMax: 30_000,
  unreadBytesMax: 128 * 1024 * 1024,
  readerMsMax: 30_000,
  sessionMsMin: 6_000,
  sessionMsMax: 1_800_000,
  rebalanceMsMax: 1_800_000,
};
