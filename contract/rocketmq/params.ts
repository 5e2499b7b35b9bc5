import { z } from "zod";
import {
  DELIVERY_ORDER_DEFAULT,
  deliveryOrder,
  groupName5,
  MAX_RETRIES_DEFAULT,
  maxRetries,
  retryPolicyName,
  topicName5,
} from "../limits/rocketmq.ts";
import { TAGS_MAX, tagPartRefusal } from "../limits/tags.ts";
import { once } from "../once.ts";
import { integer, jsonText, optional, text, textOrEmpty, withDefault } from "../params.ts";

/** The path parameters that nearly every action has. */
export const instanceParams = once(() => ({ instanceId: text() }));
export const topicParams = once(() => ({ ...instanceParams(), topicName: text() }));
export const groupParams = once(() => ({ ...instanceParams(), consumerGroupId: text() }));
/** Names of what is made are judged; of what is looked up they are only compared. RMQ-2. */
export const newTopicParams = once(() => ({ ...instanceParams(), topicName: text(topicName5) }));
export const newGroupParams = once(() => ({ ...instanceParams(), consumerGroupId: text(groupName5) }));

export const accountParams = once(() => ({ ...instanceParams(), username: text() }));

/** A remark that is changed: kept when absent, cleared when empty. */
export const changedRemark = once(() => z.optional(z.nullable(textOrEmpty())));

/** A JSON number, or digits as text, judged by a limit of the contract. */
export function numeric<S extends z.ZodType>(limit: S) {
  return z.preprocess((value: z.input<S> | string) => {
    if (value === "" || value === null) return undefined;
    return typeof value === "string" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
  }, limit);
}

/** RMQ-3 and RMQ-4; the interval is judged with the order, RMQ-5, by the service. */
export const retryParam = once(() =>
  z.object({
    retryPolicy: text(retryPolicyName),
    maxRetryTimes: withDefault(numeric(maxRetries), MAX_RETRIES_DEFAULT),
    fixedIntervalRetryTime: optional(numeric(z.number())),
    deadLetterTargetTopic: optional(text()),
  }),
);

export type RetryPolicy = z.output<ReturnType<typeof retryParam>>;

/** RMQ-3: concurrent unless said otherwise. */
export const orderParam = once(() => withDefault(text(deliveryOrder), DELIVERY_ORDER_DEFAULT));

/** A speed limit; 0 is what tools send for none. */
export const tpsParam = once(() =>
  optional(integer({ min: 0 })).transform((tps) => (tps === 0 ? undefined : tps)),
);

/** Page and size; values outside the published range are moved to its nearest end, as documented. */
export function pageParams(sizes: { readonly min: number; readonly max: number }) {
  const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);
  return {
    pageNumber: withDefault(integer(), 1).transform((page) => clamp(page, 1, 100_000_000)),
    pageSize: withDefault(integer(), 10).transform((size) => clamp(size, sizes.min, sizes.max)),
  };
}

/** A list of strings: a JSON list as text, a repeated parameter, comma-joined text or a single string. */
export function words<S extends z.ZodType<string> = z.ZodString>(
  bounds: { min?: number; max?: number } = {},
  word?: S,
) {
  const { min = 0, max = 1000 } = bounds;
  const say = `must have ${min} to ${max} items`;
  return z.preprocess(
    (value: string | readonly string[]) => {
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

const tagPart = once(() =>
  z.string().superRefine((value, context) => {
    const message = tagPartRefusal(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  }),
);

/** `key` and `value`; repeated parameters of some clients have capitals. */
const tag = once(() =>
  z.preprocess(
    (given: { readonly key: string; readonly value?: string | null | undefined }) => {
      if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
      const { Key, Value, ...rest } = given as Record<string, unknown>;
      return {
        ...(Key === undefined ? {} : { key: Key }),
        ...(Value === undefined ? {} : { value: Value }),
        ...rest,
      };
    },
    z.object({ key: text(tagPart()), value: z.optional(z.nullable(tagPart())) }),
  ),
);

/** Tags as JSON text or as a repeated parameter. */
export function tagsParam(min: number) {
  return jsonText(
    z
      .array(tag(), { error: "must be a list of tags with key and value" })
      .min(min, { error: "must have at least one tag" })
      .max(TAGS_MAX, { error: `must have at most ${TAGS_MAX} tags` }),
  );
}

/** The one type of resource that has tags and resource groups here. */
export const instanceType = once(() => text(z.literal("instance", { error: "must be instance" })));
