import type { StreamSink } from "../../../../contract/eventbridge/configuration.ts";
import { EventError } from "../../../../contract/eventbridge/failure.ts";
import { propertiesBuilder } from "../../../../contract/eventbridge/properties.ts";
import { isUnspecified, type Part, partBuilder, textOf } from "../../../../contract/eventbridge/transform.ts";
import { kindOf } from "../../../../contract/limits/message.ts";
import type { OutgoingMessage } from "../../../core/threads/data-lines.ts";

export type QueueSink = NonNullable<StreamSink["SinkRocketMQParameters"]>;

/** A message, and where it goes. */
export interface RoutedMessage {
  readonly topic: string;
  /** Its message group is what it would be in a topic that has such. */
  readonly message: OutgoingMessage & { readonly messageGroup: string };
}

type TextBuilder = (event: unknown) => string | undefined;

/** Published words of DeliveryOrderType. */
const ORDERLY = "Orderly";
/**
 * The attribute of an event in which a function names the topic that it goes to, of the same instance; it is taken out of
 * the event then. A chosen name: none is published.
 */
const TOPIC_ATTRIBUTE = "rocketmqtopic";
/** The one message group of a sink that is ordered as a whole. */
const WHOLE_GROUP = "inflow";
const ORIGINAL: Part = { Form: "ORIGINAL" };

/**
 * Makes the function that builds messages (MQ-8 to MQ-11, MQ-16); `key` is that of the row. Body, unless specified, is the
 * whole event. In topics that have message groups a message is of the group that ShardingKey says, else of one for all where
 * the sink is ordered as a whole (DeliveryOrderType), else of its row's.
 *
 * Throws an EventError: InvalidTransform here, TransformFailed from the function where no message comes of an event.
 */
export function messageBuilder(sink: QueueSink): (event: unknown, key: string) => RoutedMessage {
  const topicOf = textBuilder(sink.Topic);
  const bodyOf = partBuilder(isUnspecified(sink.Body) ? ORIGINAL : (sink.Body as Part));
  const tagOf = textBuilder(sink.Tags);
  const keysOf = isUnspecified(sink.Keys) ? undefined : partBuilder(sink.Keys as Part);
  const propertiesOf = isUnspecified(sink.Properties)
    ? () => ({})
    : propertiesBuilder(sink.Properties as Part);
  const groupOf = groupBuilder(sink);
  return (given, key) => {
    const [named, event] = routed(given);
    const topic = named ?? topicOf(event);
    if (topic === undefined) throw new EventError("TransformFailed", { at: "Topic", text: "names no topic" });
    const tag = tagOf(event);
    return {
      topic,
      message: {
        body: Buffer.from(textOf(bodyOf(event))),
        ...(tag === undefined ? {} : { tag }),
        keys: keysIn(keysOf?.(event)),
        properties: propertiesOf(event),
        messageGroup: groupOf(event) ?? key,
      },
    };
  };
}

function routed(event: unknown): readonly [topic: string | undefined, event: unknown] {
  if (typeof event !== "object" || event === null || !Object.hasOwn(event, TOPIC_ATTRIBUTE)) {
    return [undefined, event];
  }
  const { [TOPIC_ATTRIBUTE]: topic, ...rest } = event as Readonly<Record<string, unknown>>;
  if (typeof topic === "string" && topic !== "") return [topic, rest];
  const text = `must be the name of a topic, got ${kindOf(topic)}`;
  throw new EventError("TransformFailed", { at: TOPIC_ATTRIBUTE, text });
}

/** Empty counts as nothing. */
function textBuilder(part: Part | null | undefined): TextBuilder {
  if (isUnspecified(part)) return () => undefined;
  const build = partBuilder(part as Part);
  return (event) => textOf(build(event)) || undefined;
}

/** Of a list that was extracted each is a key of its own. */
function keysIn(built: unknown): string[] {
  const keys = Array.isArray(built) ? built.map(textOf) : [textOf(built)];
  return keys.filter((key) => key !== "");
}

function groupBuilder(sink: QueueSink): TextBuilder {
  const { ShardingKey: sharding, DeliveryOrderType: order } = sink as Readonly<
    Record<string, Part | null | undefined>
  >;
  if (!isUnspecified(sharding)) return textBuilder(sharding);
  return order?.Value === ORDERLY ? () => WHOLE_GROUP : () => undefined;
}
