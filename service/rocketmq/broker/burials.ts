import type { Clock } from "../../core/kit/clock.ts";
import type { NewMessage } from "../../rocketmq-grpc/backend.ts";
import type { GroupSpec, TopicSpec } from "./spec.ts";
import type { PlacedMessage, TopicLog } from "./topic-log.ts";

/** Properties that say where a dead letter comes from. */
const ORIGIN_TOPIC = "DLQ_ORIGIN_TOPIC";
const ORIGIN_MESSAGE_ID = "DLQ_ORIGIN_MESSAGE_ID";
const ORIGIN_GROUP = "DLQ_ORIGIN_GROUP";

interface BurialsParts {
  readonly clock: Clock;
  readonly open: (topic: TopicSpec) => Promise<TopicLog>;
  readonly topicOf: (name: string) => TopicSpec | undefined;
}

interface BurialCounts {
  readonly deadLettered: number;
  readonly discarded: number;
}

/** Takes messages without attempts left where their group wants them. */
export class Burials {
  readonly #parts: BurialsParts;
  readonly #counts = new Map<string, BurialCounts>();

  constructor(parts: BurialsParts) {
    this.#parts = parts;
  }

  counts(group: string, topic: string): BurialCounts {
    return this.#counts.get(`${group} ${topic}`) ?? { deadLettered: 0, discarded: 0 };
  }

  /** Resolves when it lies in the dead-letter topic, or is discarded and counted. Rejects when it cannot now. */
  async bury(group: GroupSpec, topic: string, { message }: PlacedMessage): Promise<void> {
    const { deadLetterTopic } = group;
    // What could not be consumed out of the dead-letter topic would only go round in it.
    const isKept = deadLetterTopic !== undefined && deadLetterTopic !== topic;
    if (isKept) await this.#append(group, topic, deadLetterTopic, message);
    const { deadLettered, discarded } = this.counts(group.name, topic);
    this.#counts.set(`${group.name} ${topic}`, {
      deadLettered: deadLettered + Number(isKept),
      discarded: discarded + Number(!isKept),
    });
  }

  async #append(group: GroupSpec, origin: string, target: string, message: NewMessage): Promise<void> {
    const topic = this.#parts.topicOf(target);
    if (!topic)
      throw new Error(
        `the dead-letter topic ${target} of ${group.name} is not there; make it, or name another`,
      );
    const { messageGroup, deliverAtMs, ...rest } = message;
    const properties = {
      ...message.properties,
      [ORIGIN_TOPIC]: origin,
      [ORIGIN_MESSAGE_ID]: message.messageId,
      [ORIGIN_GROUP]: group.name,
    };
    const isFifo = topic.messageType === "FIFO" && messageGroup !== undefined;
    const letter = { ...rest, properties, ...(isFifo ? { messageGroup } : {}) };
    await (await this.#parts.open(topic)).append([letter], this.#parts.clock.now());
  }
}
