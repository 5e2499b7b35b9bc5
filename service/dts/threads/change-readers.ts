import type {
  ChangePage,
  ChangeReaderCalls,
  ChangeWish,
  ClaimedGroup,
} from "../../core/threads/data-lines.ts";
import { LineError, openLine, type Port } from "../../core/threads/line.ts";
import type { KafkaBackend, KafkaTopic } from "../../kafka/backend.ts";

/** A group that a reader of this process has; a Kafka client that lives makes it impossible, and the other way round. */
interface GroupHold {
  readonly isOpen: boolean;
  read(nextOffset: number): void;
  release(): void;
}

export interface ReadersParts {
  readonly backend: KafkaBackend;
  /** The topic that a group reads; undefined where there is no such group. */
  readonly topicOf: (groupId: string) => Promise<string | undefined>;
  /** Resolves when the group's clients are shown as they are now. */
  readonly shown: (groupId: string) => Promise<void>;
  /** Undefined while another client has the group. */
  readonly hold: (groupId: string, client: string) => GroupHold | undefined;
}

interface Claim {
  readonly hold: GroupHold;
  readonly topic: string;
}

const WAIT_MS_MAX = 30_000;

/** Answers a reader of changes over its line; its claims end with it. */
export function serveReader(port: Port, parts: () => Promise<ReadersParts>): void {
  const claims = new Map<string, Claim>();

  async function claimed(
    groupId: string,
  ): Promise<{ backend: KafkaBackend; claim: Claim; topic: KafkaTopic }> {
    const { backend } = await parts();
    const claim = claims.get(groupId);
    if (!claim?.hold.isOpen)
      throw new LineError("NOT_CLAIMED", `the group ${groupId} is not, or no longer, claimed by this reader`);
    return { backend, claim, topic: servedTopic(backend, claim.topic) };
  }

  const line = openLine<Record<never, never>, ChangeReaderCalls>(port, {
    async claim({ groupId, client }) {
      const { backend, topicOf, hold } = await parts();
      const name = await topicOf(groupId);
      if (name === undefined) throw new LineError("NO_GROUP", `there is no consumer group ${groupId}`);
      const topic = servedTopic(backend, name);
      const committed = await backend.committed(groupId, name);
      claims.get(groupId)?.hold.release();
      const held = hold(groupId, client);
      if (!held) {
        const text = `another client reads with the group ${groupId}; a group has one client: stop it, or use another group`;
        throw new LineError("GROUP_IN_USE", text);
      }
      claims.set(groupId, { hold: held, topic: name });
      return claimOf(topic, committed);
    },
    async seek({ groupId, seconds }) {
      const { topic } = await claimed(groupId);
      const place = await topic.find(seconds);
      return { offset: place?.offset ?? topic.endOffset };
    },
    async read(wish) {
      const { claim, topic } = await claimed(wish.groupId);
      const page = await pageOf(topic, wish);
      if (!claim.hold.isOpen) throw new LineError("NOT_CLAIMED", `the group ${wish.groupId} has gone`);
      claim.hold.read(wish.fromOffset);
      return page;
    },
    async commit({ groupId, offset, metadata }) {
      const { backend, claim } = await claimed(groupId);
      await backend.commit(groupId, claim.topic, { offset, metadata });
    },
    async release({ groupId }) {
      claims.get(groupId)?.hold.release();
      claims.delete(groupId);
      // Who deletes the group next looks for its clients.
      await (await parts()).shown(groupId);
    },
  });
  line.onClose(() => {
    for (const { hold } of claims.values()) hold.release();
    claims.clear();
  });
}

function servedTopic(backend: KafkaBackend, name: string): KafkaTopic {
  const topic = backend.topic(name);
  if (!topic) throw new LineError("NOT_CAPTURED", `no changes are kept under the topic ${name} yet`);
  return topic;
}

function claimOf(topic: KafkaTopic, committed: ClaimedGroup["committed"]): ClaimedGroup {
  return { topic: topic.name, committed, startOffset: topic.startOffset, endOffset: topic.endOffset };
}

async function pageOf(
  topic: KafkaTopic,
  { fromOffset, bytesMax, waitMsMax }: ChangeWish,
): Promise<ChangePage> {
  await readable(topic, fromOffset, Math.min(waitMsMax, WAIT_MS_MAX));
  const { startOffset, endOffset } = topic;
  if (fromOffset < startOffset || fromOffset > endOffset) {
    const text = `offset ${fromOffset} is not among those that are kept, ${startOffset} to ${endOffset}`;
    throw new LineError("OUT_OF_RANGE", text);
  }
  if (fromOffset === endOffset) return { nextOffset: fromOffset, endOffset, payloads: [] };
  const { batches, largerBytes } = await topic.read(fromOffset, bytesMax);
  const payloads = largerBytes === undefined ? batches : (await topic.read(fromOffset, largerBytes)).batches;
  return { nextOffset: behind(payloads, fromOffset), endOffset, payloads: payloads.map(ownMemory) };
}

/** Resolves when there is something at the offset, or after the wait. */
async function readable(topic: KafkaTopic, offset: number, waitMs: number): Promise<void> {
  if (offset !== topic.endOffset || waitMs <= 0) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, waitMs);
    const stop = topic.onReadable(() => {
      if (topic.endOffset > offset) end();
    });
  });
}

/** A view into a larger buffer would take all of that along to the other thread. */
function ownMemory(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

const BASE_OFFSET_AT = 0;
const LAST_DELTA_AT = 23;

/** Behind the last record of the last batch; see `service/kafka/record-batch.ts`. */
function behind(payloads: readonly Uint8Array[], fromOffset: number): number {
  const last = payloads.at(-1);
  if (!last) return fromOffset;
  const view = new DataView(last.buffer, last.byteOffset, last.byteLength);
  return Number(view.getBigInt64(BASE_OFFSET_AT)) + view.getInt32(LAST_DELTA_AT) + 1;
}
