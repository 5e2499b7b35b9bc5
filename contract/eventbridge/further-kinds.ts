import { z } from "zod";
import { needs, type Unmet } from "../limits/condition.ts";
import { oneOf, refuse } from "../limits/text.ts";
import { once } from "../once.ts";
import { ruleOf } from "../validation/refusal.ts";
import { isUnspecified, type Part } from "./transform.ts";

/*
 * Sources and sinks that are kept and not run: what the page says of their values. Members without a statement of
 * their own are kept as they are.
 */

export const text = once(() => z.string({ error: "must be a string" }).nullish());
/** A part of an event as it is put; nothing is said of its form. */
export const loosePart = once(() => z.looseObject({ Form: text(), Value: text(), Template: text() }));

/** A part whose fixed value is judged by `schema`. */
export function fixed(schema: z.ZodType) {
  return loosePart().superRefine((value: Part, ctx) => {
    if (isUnspecified(value) || (value.Form && value.Form !== "CONSTANT")) return;
    const issue = schema.safeParse(value.Value ?? "").error?.issues[0];
    if (issue !== undefined) refuse(ctx, issue.message, ruleOf(issue), ["Value"]);
  });
}

/** Reached over the Internet or inside a VPC. */
export const queueNetwork = once(() => oneOf(["PublicNetwork", "PrivateNetwork"]));

/** Texts and examples write these words with and without underscores. */
const OFFSETS = ["CONSUME_FROM_LAST_OFFSET", "CONSUME_FROM_FIRST_OFFSET", "CONSUME_FROM_TIMESTAMP"];
const queueOffset = once(() =>
  z.string({ error: "must be a string" }).superRefine((value, ctx) => {
    const plain = (word: string) => word.replaceAll("_", "");
    if (!OFFSETS.some((word) => plain(word) === plain(value)))
      refuse(ctx, `must be one of ${OFFSETS.join(", ")}`);
  }),
);

export const rocketmqSource = once(() =>
  z.looseObject({
    Network: queueNetwork().nullish(),
    InstanceNetwork: queueNetwork().nullish(),
    Offset: queueOffset().nullish(),
  }),
);

export const dataHubSink = once(() =>
  z.looseObject({ TopicType: fixed(oneOf(["TUPLE", "BLOB"])).nullish() }),
);

export const rabbitmqSink = once(() =>
  z
    .looseObject({
      TargetType: fixed(oneOf(["Exchange", "Queue"])).nullish(),
      Exchange: loosePart().nullish(),
      RoutingKey: loosePart().nullish(),
      QueueName: loosePart().nullish(),
    })
    .superRefine((sink, ctx) => {
      const kind = sink.TargetType?.Value;
      const needed: readonly ("Exchange" | "RoutingKey" | "QueueName")[] =
        kind === "Exchange" ? ["Exchange", "RoutingKey"] : kind === "Queue" ? ["QueueName"] : [];
      const unmet: (Unmet | undefined)[] = needed.map((name) =>
        needs(isUnspecified(sink[name]), undefined, [name], `with TargetType ${kind}`),
      );
      for (const one of unmet) if (one) refuse(ctx, one.text, undefined, one.at);
    }),
);

/** Deliveries of a function sink at once. */
export const concurrency = once(() =>
  z.string().superRefine((value, ctx) => {
    if (!/^[1-9]\d{0,8}$/.test(value)) refuse(ctx, "must be a whole number of at least 1");
  }),
);
