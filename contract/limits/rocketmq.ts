import type { Refusal } from "../validation/refusal.ts";
import { codePointCount, shown } from "./message.ts";
import { boundedInteger, oneOf, refuse, stringOf } from "./text.ts";

/** What a group gets that names no number of retries. */
export const MAX_RETRIES_DEFAULT = 16;

/** RMQ-3: how messages are delivered, words as published. */
const DELIVERY_ORDERS = ["Concurrently", "Orderly"] as const;
export type DeliveryOrder = (typeof DELIVERY_ORDERS)[number];
export const DELIVERY_ORDER_DEFAULT: DeliveryOrder = "Concurrently";

const RETRY_POLICIES = ["DefaultRetryPolicy", "FixedRetryPolicy"] as const;
export type RetryPolicyName = (typeof RETRY_POLICIES)[number];

/** RMQ-5: the fixed retry interval by delivery order, in seconds. */
const FIXED_INTERVAL_SECONDS: Readonly<Record<DeliveryOrder, { min: number; max: number }>> = {
  Concurrently: { min: 10, max: 1800 },
  Orderly: { min: 1, max: 600 },
};

/** RMQ-8: topics that a group should not subscribe to more of. */
export const TOPICS_RECOMMENDED_MAX = 10;

/** RMQ-10: of the first SDKs that take order and retries from a 5.x server; this one of Node.js counts for itself. */
const SDK_MAJOR_MIN = 5;
const SDK_MAJOR_MIN_OF: Readonly<Record<string, number>> = { NODE_JS: 1 };

/** RMQ-10: true of an SDK that keeps its own order and retries. One that names no version is not judged. */
export function isOldSdk({ language = "", version = "" }: { language?: string; version?: string }): boolean {
  const [major] = /\d+/.exec(version) ?? [];
  return major !== undefined && Number(major) < (SDK_MAJOR_MIN_OF[language.toUpperCase()] ?? SDK_MAJOR_MIN);
}

/** What a topic of 5.x carries; it cannot be changed later. */
export const MESSAGE_TYPES_5 = ["NORMAL", "FIFO", "DELAY", "TRANSACTION", "LITE"] as const;
/** What a topic of 4.x carries: normal, ordered by partition, ordered, transactional, scheduled. */
export const MESSAGE_TYPES_4 = [0, 1, 2, 4, 5] as const;
export const GROUP_TYPES_4 = ["tcp", "http"] as const;

interface Name {
  readonly chars: { readonly min: number; readonly max: number };
  /** Matches one character that is not allowed. */
  readonly other: RegExp;
  readonly allowed: string;
  readonly rule?: string;
}

function nameOf({ chars, other, allowed, rule }: Name) {
  const name = stringOf("a string", rule).superRefine((value, ctx) => {
    const count = codePointCount(value);
    if (count < chars.min || count > chars.max) {
      refuse(ctx, `must be ${chars.min} to ${chars.max} characters long, got ${count}`, rule);
    }
    if (other.test(value)) {
      refuse(ctx, `must contain only ${allowed}, got ${shown(value)}`, rule);
    }
  });
  return name.meta({ minLength: chars.min, maxLength: chars.max });
}

const plain = { other: /[^A-Za-z0-9_-]/, allowed: "letters, digits, - and _" } as const;

/** RMQ-2, 5.x: 1 to 60 of letters, digits, `_`, `-` and `%`. */
export const groupName5 = nameOf({
  chars: { min: 1, max: 60 },
  other: /[^A-Za-z0-9_%-]/,
  allowed: "letters, digits, _, - and %",
  rule: "RMQ-2",
});

/** RMQ-2, 4.x: 2 to 64 of letters, digits, `-` and `_`. */
export const groupName4 = nameOf({ chars: { min: 2, max: 64 }, ...plain, rule: "RMQ-2" });

/** CreateTopic: 1 to 60 of letters, digits, `_` and `-`; `%` too, as in the names of dead-letter topics. */
export const topicName5 = nameOf({
  chars: { min: 1, max: 60 },
  other: /[^A-Za-z0-9_%-]/,
  allowed: "letters, digits, _, - and %",
});

/** OnsTopicCreate: 3 to 64 of letters, digits, `-` and `_`, not beginning with CID or GID. */
export const topicName4 = nameOf({ chars: { min: 3, max: 64 }, ...plain }).superRefine((value, ctx) => {
  if (/^[CG]ID/.test(value)) {
    refuse(ctx, `must not begin with CID or GID, which are kept for groups, got ${shown(value)}`);
  }
});

/** OnsInstanceCreate: 3 to 64 of letters, digits, `-` and `_`. Blanks pass too: the published example has one. */
export const instanceName4 = nameOf({
  chars: { min: 3, max: 64 },
  other: /[^\p{L}\p{N} _-]/u,
  allowed: "letters, digits, blanks, - and _",
});

/** RMQ-3. */
export const deliveryOrder = oneOf(DELIVERY_ORDERS, "RMQ-3");

export const retryPolicyName = oneOf(RETRY_POLICIES, "RMQ-4");

/** RMQ-4: 0 to 1000. */
export const maxRetries = boundedInteger(0, 1000, undefined, "RMQ-4");

/**
 * RMQ-5: what is wrong with a fixed interval under a delivery order, to be put behind its name; else undefined.
 * @param word what the reader calls the order
 */
export function fixedIntervalRefusal(
  order: DeliveryOrder,
  seconds: number,
  word: string = order,
): Refusal | undefined {
  const { min, max } = FIXED_INTERVAL_SECONDS[order];
  if (Number.isInteger(seconds) && seconds >= min && seconds <= max) return undefined;
  return {
    text: `must be a whole number from ${min} to ${max} seconds with ${word} delivery, got ${seconds}`,
    rule: "RMQ-5",
  };
}
