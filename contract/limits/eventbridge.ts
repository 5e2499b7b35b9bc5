import { z } from "zod";
import type { Refusal } from "../validation/refusal.ts";
import { EPOCH_SECONDS_MAX } from "./dts.ts";
import { shown } from "./message.ts";
import { boundedInteger, boundedText, oneOf, refuse } from "./text.ts";

/** MQ-1: where inflow tasks exist. */
export const INFLOW_REGIONS = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-qingdao",
  "cn-beijing",
  "cn-shenzhen",
  "cn-guangzhou",
  "cn-chengdu",
  "cn-hongkong",
] as const;

/** MQ-2 and MQ-3. */
export const batchMessages = boundedInteger(1, 10_000, "messages", "MQ-2");
export const batchIntervalSeconds = boundedInteger(0, 15, "seconds", "MQ-3");

/** Name of an event stream. No limit is published; 1 to 127 characters without control characters is chosen. */
export const streamName = boundedText(1, 127).superRefine((value, ctx) => {
  if (/\p{Cc}/u.test(value)) refuse(ctx, `must hold no control characters, got ${shown(value)}`);
});

/** Longest description; chosen. */
export const streamDescription = z.string().max(1024, { error: "must be at most 1024 characters long" });

/** The one resource type of EventBridge that has tags here. */
export const STREAM_RESOURCE_TYPE = "eventstreaming";

/** Why a task cannot be in a region; undefined when it can (MQ-1). To be put behind the name of the field. */
export function regionRefusal(region: string): Refusal | undefined {
  if ((INFLOW_REGIONS as readonly string[]).includes(region)) return undefined;
  return { text: `must be one of ${INFLOW_REGIONS.join(", ")}, got ${shown(region)}`, rule: "MQ-1" };
}

/** MQ-7: series of the queue by the word of the API. */
export const SINK_VERSIONS = { "4.x": "Cloud_4", "5.x": "Cloud_5" } as const;
export type SinkVersion = keyof typeof SINK_VERSIONS;

/** MQ-14: the published spellings of each retry policy; texts and examples differ. */
export const RETRY_POLICY_SPELLINGS = {
  backoff: ["BACKOFF_RETRY", "BACKOFFRETRY"],
  exponentialDecay: ["EXPONENTIAL_DECAY_RETRY", "EXPONENTIALDECAY_RETRY", "EXPONENTIALDECAYRETRY"],
} as const;
export type InflowRetryPolicy = keyof typeof RETRY_POLICY_SPELLINGS;

export const pushRetryStrategy = oneOf(
  [...RETRY_POLICY_SPELLINGS.backoff, ...RETRY_POLICY_SPELLINGS.exponentialDecay],
  "MQ-14",
);
export const errorsTolerance = oneOf(["ALL", "NONE"], "MQ-14");

/** MQ-15. */
export const invocationType = oneOf(["Sync", "Async"], "MQ-15");

const FUNCTION_ARN = /^acs:fc:[^:]*:[^:]*:(services\/[^/]+\/)?functions\/[^/\s]+$/;

/** ARN of a function of Function Compute (MQ-15). */
export const functionArn = z
  .string()
  .superRefine((value, ctx) => {
    if (!FUNCTION_ARN.test(value)) {
      const form = "acs:fc:REGION:ACCOUNT:services/SERVICE.QUALIFIER/functions/FUNCTION";
      refuse(ctx, `must be the ARN of a function, ${form}, got ${shown(value)}`, "MQ-15");
    }
  })
  .meta({ pattern: FUNCTION_ARN.source });

const QUEUE_ARN = /^acs:mq:[^:]*:[^:]*:\/?instances\/([^/]+)\/topic\/([^/\s]+)$/;
const DEAD_LETTER_ARNS = [
  QUEUE_ARN,
  /^acs:mns:[^:]*:[^:]*:\/?queues\/[^/\s]+$/,
  /^acs:alikafka:[^:]*:[^:]*:\/?instances?\/[^/]+\/topic\/[^/\s]+$/,
  /^acs:eventbridge:[^:]*:[^:]*:eventbus\/[^/\s]+$/,
];

/** A topic of a RocketMQ instance. */
export interface QueuePlace {
  readonly instance: string;
  readonly topic: string;
}

/** The topic that a dead-letter queue's ARN names; undefined when it is of another kind. */
export function queueOfArn(arn: string): QueuePlace | undefined {
  const [, instance, topic] = QUEUE_ARN.exec(arn) ?? [];
  return instance === undefined || topic === undefined ? undefined : { instance, topic };
}

/** What is wrong with a dead-letter queue; undefined when nothing is (MQ-14). `sink` is where the task writes. */
export function deadLetterRefusal(arn: string, sink: QueuePlace | undefined): Refusal | undefined {
  if (!DEAD_LETTER_ARNS.some((form) => form.test(arn))) {
    const kinds = "an MNS queue, a RocketMQ topic, a Kafka topic or an event bus";
    return { text: `must be the ARN of ${kinds}, got ${shown(arn)}`, rule: "MQ-14" };
  }
  const queue = queueOfArn(arn);
  const isSink = queue && sink && queue.instance === sink.instance && queue.topic === sink.topic;
  return isSink
    ? { text: `must not be the sink itself (${sink.topic} of ${sink.instance})`, rule: "MQ-14" }
    : undefined;
}

const LOCAL_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;
const ISO_TIME = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
export const OFFSET_ZONE = /^([+-](0\d|1[0-4]):[0-5]\d|Z)$/;
/** MQ-4: the zone of every region that inflow tasks exist in. */
const OFFSET_ZONE_DEFAULT = "+08:00";
export const OFFSET_FORMS =
  "a local time such as 2022-06-21 00:00:00, ISO 8601 with a zone, or seconds since the epoch";

/** Seconds since the epoch of a consumer offset in any of its forms (MQ-4); undefined for none of them. */
export function offsetSeconds(
  value: number | string,
  zone: string = OFFSET_ZONE_DEFAULT,
): number | undefined {
  if (typeof value === "number" || /^\d{1,12}$/.test(value)) {
    const seconds = Number(value);
    return Number.isInteger(seconds) && seconds >= 0 && seconds <= EPOCH_SECONDS_MAX ? seconds : undefined;
  }
  const local = LOCAL_TIME.exec(value);
  const day = local?.[1] ?? ISO_TIME.exec(value)?.[1];
  if (day === undefined || !isCalendarDay(day)) return undefined;
  const seconds = Math.floor(Date.parse(local ? `${local[1]}T${local[2]}${zone}` : value) / 1000);
  return seconds >= 0 && seconds <= EPOCH_SECONDS_MAX ? seconds : undefined;
}

/** `Date.parse` takes 31 February for 3 March. */
function isCalendarDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** Why an offset cannot be where a task begins; undefined when it can, or when nothing is tracked yet (MQ-4). */
export function offsetRefusal(
  seconds: number,
  range: { readonly beginSeconds: number; readonly endSeconds: number },
): Refusal | undefined {
  const { beginSeconds, endSeconds } = range;
  if (beginSeconds === 0 && endSeconds === 0) return undefined;
  if (seconds >= beginSeconds && seconds <= endSeconds) return undefined;
  return {
    text: `must lie in the data range ${beginSeconds} to ${endSeconds} (seconds since the epoch), got ${seconds}`,
    rule: "MQ-4",
  };
}
