import { z } from "zod";
import { ROCKETMQ_ERRORS, serviceError } from "../../contract/errors/index.ts";
import {
  DELIVERY_ORDER_DEFAULT,
  deliveryOrder,
  groupName5,
  MAX_RETRIES_DEFAULT,
  maxRetries,
  retryPolicyName,
  topicName5,
} from "../../contract/limits/rocketmq.ts";
import { aclResourceType } from "../../contract/limits/rocketmq-access.ts";
import { TAGS_MAX, tagPartRefusal } from "../../contract/limits/tags.ts";
import { integer, jsonText, optional, text, withDefault } from "../../contract/params.ts";

/** The path parameters that nearly every action has. */
export const instanceParams = { instanceId: text() };
export const topicParams = { ...instanceParams, topicName: text() };
export const groupParams = { ...instanceParams, consumerGroupId: text() };
/** Names of what is made are judged; of what is looked up they are only compared. RMQ-2. */
export const newTopicParams = { ...instanceParams, topicName: text(topicName5) };
export const newGroupParams = { ...instanceParams, consumerGroupId: text(groupName5) };

export const accountParams = { ...instanceParams, username: text() };
export const aclParams = { ...accountParams, resourceType: text(aclResourceType), resourceName: text() };

/** Whether one of the texts holds what a list is filtered by. */
export function matches(filter: string | undefined, ...texts: readonly string[]): boolean {
  return filter === undefined || texts.some((one) => one.includes(filter));
}

/** Whether every wanted tag is there; one without a value asks for its key only. */
export function hasTags(
  tags: readonly { readonly key: string; readonly value: string }[],
  wanted: readonly { readonly key: string; readonly value?: string | null | undefined }[],
): boolean {
  return wanted.every(({ key, value }) =>
    tags.some((tag) => tag.key === key && (value === undefined || value === null || tag.value === value)),
  );
}

/** The members that were given. */
export function given<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** A JSON number, or digits as text, judged by a limit of the contract. */
export function numeric<S extends z.ZodType>(limit: S) {
  return z.preprocess((value) => {
    if (value === "" || value === null) return undefined;
    return typeof value === "string" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
  }, limit);
}

/** RMQ-3 and RMQ-4; the interval is judged with the order, RMQ-5, by the engine. */
export const retryParam = z.object({
  retryPolicy: text(retryPolicyName),
  maxRetryTimes: withDefault(numeric(maxRetries), MAX_RETRIES_DEFAULT),
  fixedIntervalRetryTime: optional(numeric(z.number())),
  deadLetterTargetTopic: optional(text()),
});

/** RMQ-3: concurrent unless said otherwise. */
export const orderParam = withDefault(text(deliveryOrder), DELIVERY_ORDER_DEFAULT);

/** A speed limit; 0 is what tools send for none. */
export const tpsParam = optional(integer({ min: 0 })).transform((tps) => (tps === 0 ? undefined : tps));

export interface PageSizes {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** Page and size; values outside the published range are moved to its nearest end, as documented. */
export function pageParams(sizes: PageSizes) {
  const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);
  return {
    pageNumber: withDefault(integer(), 1).transform((page) => clamp(page, 1, 100_000_000)),
    pageSize: withDefault(integer(), sizes.default).transform((size) => clamp(size, sizes.min, sizes.max)),
  };
}

/** One page of what was found. */
export function pageOf<T>(
  found: readonly T[],
  page: { pageNumber: number; pageSize: number },
  view: (one: T) => object | string,
) {
  const from = (page.pageNumber - 1) * page.pageSize;
  return {
    pageNumber: page.pageNumber,
    pageSize: page.pageSize,
    totalCount: found.length,
    list: found.slice(from, from + page.pageSize).map(view),
  };
}

/** A list of words: a JSON list as text, a repeated parameter, comma-joined text or a single word. */
export function words<S extends z.ZodType<string> = z.ZodString>(
  bounds: { min?: number; max?: number } = {},
  word?: S,
) {
  const { min = 0, max = 1000 } = bounds;
  const say = `must have ${min} to ${max} items`;
  return z.preprocess(
    (value) => {
      if (value === "" || value === null) return undefined;
      if (typeof value !== "string") return value;
      if (value.trimStart().startsWith("[")) {
        const parsed = jsonText(z.unknown()).safeParse(value);
        return parsed.success ? parsed.data : value;
      }
      return value.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
    },
    z
      .array((word ?? z.string()) as S, { error: "must be a list of texts" })
      .min(min, { error: say })
      .max(max, { error: say }),
  );
}

const tagPart = z.string().superRefine((value, context) => {
  const message = tagPartRefusal(value);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

/** `key` and `value`; repeated parameters of some clients have capitals. */
const tagParam = z.preprocess(
  (tag) => {
    if (typeof tag !== "object" || tag === null || Array.isArray(tag)) return tag;
    const { Key, Value, ...rest } = tag as Record<string, unknown>;
    return {
      ...(Key === undefined ? {} : { key: Key }),
      ...(Value === undefined ? {} : { value: Value }),
      ...rest,
    };
  },
  z.object({ key: text(tagPart), value: z.optional(z.nullable(tagPart)) }),
);

/** Tags as JSON text or as a repeated parameter. */
export function tagsParam(min: number) {
  return jsonText(
    z
      .array(tagParam, { error: "must be a list of tags with key and value" })
      .min(min, { error: "must have at least one tag" })
      .max(TAGS_MAX, { error: `must have at most ${TAGS_MAX} tags` }),
  );
}

/** The one type of resource that has tags and groups here. */
export const instanceType = text(z.literal("instance", { error: "must be instance" }));

/** A parameter whose value cannot stand; `detail` says what is allowed and never holds a secret. */
export function invalidParameter(parameter: string, detail: string) {
  return serviceError(ROCKETMQ_ERRORS.InvalidParameter, { parameter, dynamicMessage: parameter, detail });
}
