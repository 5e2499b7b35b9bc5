/** What the broker is told of an instance: all that is declared. */
export interface InstanceSpec {
  readonly instanceId: string;
  readonly topics: readonly TopicSpec[];
  readonly groups: readonly GroupSpec[];
  readonly accounts: readonly AccountSpec[];
  readonly allowsAnonymous: boolean;
  /** Groups that are not declared are made when a client uses them (RMQ-9). */
  readonly makesGroups: boolean;
}

export interface TopicSpec {
  readonly name: string;
  /** Of its log; another one when the topic was deleted and made again. */
  readonly id: string;
  readonly messageType: "NORMAL" | "FIFO" | "DELAY" | "TRANSACTION";
}

export interface GroupSpec {
  readonly name: string;
  /** Of its positions; another one when the group was deleted and made again. */
  readonly id: string;
  readonly isOrdered: boolean;
  /** 0 to 1000; attempts are one more. */
  readonly maxRetries: number;
  /** Waits before each retry, in ms; the last one counts for all that follow. */
  readonly retryMs: readonly number[];
  /** Undefined: discarded after the last retry. */
  readonly deadLetterTopic?: string;
}

/** One that may log in. */
interface AccountSpec {
  readonly username: string;
  readonly password: string;
}

/** Waits of a group without a fixed interval, in ms: 1 s, 5 s, 10 s, 30 s, 1 to 10 min, 20 and 30 min, 1 and 2 h. */
export const GROWING_RETRY_MS: readonly number[] = [
  1, 5, 10, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 1_200, 1_800, 3_600, 7_200,
].map((seconds) => seconds * 1_000);

/** Wait before the next attempt, when so many were made; in ms. */
export function retryWait({ retryMs }: Pick<GroupSpec, "retryMs">, attempts: number): number {
  return retryMs[Math.min(attempts, retryMs.length) - 1] ?? 0;
}
