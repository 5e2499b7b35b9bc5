import { queueOfArn } from "../../../../contract/limits/eventbridge.ts";
import { sinkPlace } from "../../engine/sink-place.ts";
import { DeliveryError, deliveryError } from "../failure.ts";
import { Delivery, type EventItem } from "../flow/delivery.ts";
import type { TaskCounts } from "../flow/figures.ts";
import { retryPolicy } from "../flow/retry-policy.ts";
import { type Send, Sender } from "../flow/sender.ts";
import type { Wait } from "../flow/wait.ts";
import { cleansing } from "../function/cleansing.ts";
import type { FunctionCaller } from "../function/function-caller.ts";
import { messageBuilder, type RoutedMessage } from "../message/message-builder.ts";
import type { TaskOrder } from "./task-order.ts";

export interface TaskMeans {
  readonly send: Send;
  readonly functions: FunctionCaller;
  /** Multiplies the waits between retries. */
  readonly scale: number;
  readonly wait: Wait;
  readonly random: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** The property of a dead letter that says why it is one; a chosen name. */
const REASON = "DEAD_LETTER_REASON";
const REASON_CHARS_MAX = 500;
/** What the task was made for is not there: it is stopped, or it comes back. */
const SINK_GONE = "SINK_GONE";
const GONE_CODES: readonly string[] = ["TOPIC_NOT_FOUND", "INSTANCE_NOT_FOUND"];

type Messages = readonly RoutedMessage["message"][];

/** The delivery that an order asks for. Throws an EventError for a sink that builds no messages. */
export function taskDelivery(
  { sink, options, functions, name }: TaskOrder,
  means: TaskMeans,
  counts: TaskCounts,
  failed: (error: DeliveryError) => void,
): Delivery {
  const queue = sink.SinkRocketMQParameters;
  if (!queue) throw new DeliveryError("NO_SINK", "the sink is no RocketMQ topic", true);
  const { RetryStrategy: strategy, ErrorsTolerance: tolerance, DeadLetterQueue: deadLetters } = options ?? {};
  const { wait, random, now, scale, send } = means;
  const fixedTopic = sinkPlace(sink)?.topic;
  const sender = new Sender(send, queue.InstanceId.Value ?? "");
  return new Delivery({
    counts,
    failed,
    functions: functions.map((url) => cleansing(means.functions, url)),
    build: messageBuilder(queue),
    send: (topic, messages) => sendTo(sender, topic, messages, topic === fixedTopic),
    isStrict: tolerance !== "ALL",
    bury: deadLetters?.Arn ? burial(deadLetters.Arn, send, name) : undefined,
    retry: {
      wait,
      random,
      now,
      isAwaited: ({ code }) => code === SINK_GONE,
      policy: retryPolicy({
        strategy: strategy?.PushRetryStrategy,
        attemptsMax: strategy?.MaximumRetryAttempts,
        ageSecondsMax: strategy?.MaximumEventAgeInSeconds,
        scale,
        random,
      }),
    },
  });
}

async function sendTo(sender: Sender, topic: string, messages: Messages, isFixed: boolean): Promise<void> {
  try {
    await sender.send(topic, messages);
  } catch (thrown) {
    const { code, message } = deliveryError(thrown);
    if (isFixed && GONE_CODES.includes(code)) throw new DeliveryError(SINK_GONE, message);
    throw thrown;
  }
}

/** Stores raw events in the topic of a dead-letter queue. */
function burial(arn: string, send: Send, group: string) {
  const place = queueOfArn(arn);
  const sender = place && new Sender(send, place.instance);
  return async (items: readonly EventItem[], { code, message }: DeliveryError): Promise<void> => {
    if (!place || !sender)
      throw new DeliveryError("NO_QUEUE", "only RocketMQ topics take dead letters here", true);
    const properties = { [REASON]: `${code}: ${message}`.slice(0, REASON_CHARS_MAX) };
    const letters = items.map(({ event }) => ({
      body: Buffer.from(JSON.stringify(event) ?? ""),
      keys: [],
      properties,
      messageGroup: group,
    }));
    await sender.send(place.topic, letters);
  };
}
