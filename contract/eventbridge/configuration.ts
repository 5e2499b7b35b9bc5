import { z } from "zod";
import {
  batchIntervalSeconds,
  batchMessages,
  errorsTolerance,
  functionArn,
  invocationType,
  offsetSeconds,
  pushRetryStrategy,
  SINK_VERSIONS,
} from "../limits/eventbridge.ts";
import { shown } from "../limits/message.ts";
import { refuse, refuseFound, ruled } from "../limits/text.ts";
import { once } from "../once.ts";
import {
  concurrency,
  dataHubSink,
  fixed,
  loosePart,
  queueNetwork,
  rabbitmqSink,
  rocketmqSource,
  text,
} from "./further-kinds.ts";
import { SINK_KINDS, SOURCE_KINDS } from "./kinds.ts";
import { FORM_NAMES, type Form, isUnspecified, type Part, partProblem } from "./transform.ts";

/*
 * Source, sink and run options as they are put. Members that no rule is about are kept as they are, so that a stream
 * comes back member for member; null counts as absent.
 */

function part(allowed: readonly Form[], rule?: string) {
  return loosePart().superRefine((value: Part, ctx) => {
    if (isUnspecified(value)) return;
    const problem = partProblem(value, allowed, rule);
    if (problem) refuseFound(ctx, problem, problem.at.split("."));
  });
}

const constant = once(() => part(["CONSTANT"]));

const version = once(() =>
  part(["CONSTANT"]).superRefine((value: Part, ctx) => {
    const known: readonly string[] = Object.values(SINK_VERSIONS);
    if (!isUnspecified(value) && !known.includes(value.Value ?? "")) {
      const words = Object.entries(SINK_VERSIONS).map(([name, word]) => `${word} (RocketMQ ${name})`);
      refuse(ctx, `must be ${words.join(" or ")}, got ${shown(value.Value)}`, "MQ-7", ["Value"]);
    }
  }),
);

/** MQ-7 to MQ-11. */
export const rocketmqSink = once(() =>
  z.looseObject({
    InstanceId: constant(),
    Topic: part(["CONSTANT", "JSONPATH", "TEMPLATE"]),
    InstanceType: version().nullish(),
    Network: fixed(queueNetwork()).nullish(),
    Body: part(FORM_NAMES, "MQ-8").nullish(),
    Properties: part(["JSONPATH", "TEMPLATE"], "MQ-9").nullish(),
    Keys: part(["JSONPATH", "CONSTANT", "TEMPLATE"], "MQ-10").nullish(),
    Tags: part(["JSONPATH", "CONSTANT", "TEMPLATE"], "MQ-10").nullish(),
  }),
);

const functionSink = once(() =>
  z.looseObject({
    InvocationType: part(FORM_NAMES).pipe(fixed(invocationType)).nullish(),
    Concurrency: fixed(concurrency()).nullish(),
  }),
);

const offset = once(() =>
  ruled(z.union([z.number(), z.string()], { error: "must be seconds since the epoch" }), "MQ-4"),
);

export const trackingSource = once(() =>
  z.looseObject({
    Sid: z.string({ error: "must be the id of a consumer group" }).min(1, { error: "is required" }),
    TaskId: text(),
    Topic: text(),
    Username: text(),
    Password: text(),
    BrokerUrl: text(),
    InitCheckPoint: offset()
      .superRefine((value, ctx) => {
        if (typeof value === "string" && !/^\d+$/.test(value)) {
          refuse(ctx, `must be seconds since the epoch, got ${shown(value)}`, "MQ-4");
        } else if (offsetSeconds(value) === undefined) {
          refuse(ctx, `must be whole seconds since the epoch, got ${shown(value)}`, "MQ-4");
        }
      })
      .nullish(),
  }),
);

/** Exactly one published member; the others may be sent as null. */
function oneMember<S extends z.ZodRawShape>(shape: S, kinds: readonly string[], what: string) {
  return z.looseObject(shape, { error: "must be a JSON object" }).superRefine((value, ctx) => {
    const given = Object.keys(value).filter((name) => value[name] !== null && value[name] !== undefined);
    const unknown = given.find((name) => !kinds.includes(name));
    if (unknown !== undefined) refuse(ctx, `must hold a published ${what}, got ${shown(unknown)}`);
    else if (given.length !== 1) refuse(ctx, `must hold exactly one ${what}, got ${given.length}`);
  });
}

export const streamSource = once(() =>
  oneMember(
    { SourceDTSParameters: trackingSource().nullish(), SourceRocketMQParameters: rocketmqSource().nullish() },
    SOURCE_KINDS,
    "source",
  ),
);
export const streamSink = once(() =>
  oneMember(
    {
      SinkRocketMQParameters: rocketmqSink().nullish(),
      SinkFcParameters: functionSink().nullish(),
      SinkDataHubParameters: dataHubSink().nullish(),
      SinkRabbitMQParameters: rabbitmqSink().nullish(),
    },
    SINK_KINDS,
    "sink",
  ),
);

/** MQ-2, MQ-3 and MQ-14. */
export const runOptions = once(() =>
  z.looseObject(
    {
      MaximumTasks: z
        .int({ error: "must be a whole number" })
        .min(1, { error: "must be at least 1" })
        .nullish(),
      ErrorsTolerance: errorsTolerance.nullish(),
      RetryStrategy: z
        .looseObject({
          PushRetryStrategy: pushRetryStrategy.nullish(),
          MaximumRetryAttempts: z.number({ error: "must be a number" }).min(0).nullish(),
          MaximumEventAgeInSeconds: z.number({ error: "must be a number" }).min(0).nullish(),
        })
        .nullish(),
      DeadLetterQueue: z.looseObject({ Arn: text() }).nullish(),
      BatchWindow: z
        .looseObject({
          CountBasedWindow: batchMessages.nullish(),
          TimeBasedWindow: batchIntervalSeconds.nullish(),
        })
        .nullish(),
    },
    { error: "must be a JSON object" },
  ),
);

/** MQ-15: functions that clean the events, in their order. */
export const streamTransforms = once(() =>
  z.array(z.looseObject({ Arn: functionArn.nullish() }), {
    error: "must be a JSON list",
  }),
);

export type StreamSource = z.output<ReturnType<typeof streamSource>>;
export type StreamSink = z.output<ReturnType<typeof streamSink>>;
export type RunOptions = z.output<ReturnType<typeof runOptions>>;
export type StreamTransforms = z.output<ReturnType<typeof streamTransforms>>;
