import type { KafkaTopic } from "../backend.ts";
import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import {
  array,
  arrayOf,
  int8,
  int16,
  int32,
  int64,
  nullableArray,
  nullableString,
  records,
  string,
  tagged,
} from "../wire/fields.ts";
import { api, type Call } from "./api.ts";
import { ownTopic } from "./own-topic.ts";
import { type Place, readWhenThere } from "./read-when-there.ts";

const REFUSED_AFTER_MS = 100;

/**
 * Fetch (1), 4-12: record batches as they are stored, from the one that holds the offset on.
 * - Waits for `minBytes` up to `maxWaitMs`. v5 adds the first offset, v7 fetch sessions: none is ever made, so that each
 *   request names all it wants, v9 leader epochs: not looked at, v11 the rack: not looked at, v12 topics by name still.
 *   Isolation levels make no difference: what may be read is committed.
 * - A client that is refused because another one reads gets TOPIC_AUTHORIZATION_FAILED: clients throw it.
 */
export const fetch = api({
  key: 1,
  name: "Fetch",
  versions: "4-12",
  flexibleFrom: 12,
  request: {
    clusterId: tagged(0, nullableString("12+")),
    replicaId: int32("0+", -1),
    maxWaitMs: int32("0+"),
    minBytes: int32("0+"),
    maxBytes: int32("3+", 0x7fffffff),
    isolationLevel: int8("4+"),
    sessionId: int32("7+"),
    sessionEpoch: int32("7+", -1),
    topics: array("0+", {
      topic: string("0+"),
      partitions: array("0+", {
        partition: int32("0+"),
        currentLeaderEpoch: int32("9+", -1),
        fetchOffset: int64("0+"),
        lastFetchedEpoch: int32("12+", -1),
        logStartOffset: int64("5+", -1),
        partitionMaxBytes: int32("0+"),
      }),
    }),
    forgottenTopicsData: array("7+", { topic: string("7+"), partitions: arrayOf("7+", int32("7+")) }),
    rackId: string("11+"),
  },
  answer: {
    throttleTimeMs: int32("1+"),
    errorCode: int16("7+"),
    sessionId: int32("7+"),
    responses: array("0+", {
      topic: string("0+"),
      partitions: array("0+", {
        partitionIndex: int32("0+"),
        errorCode: int16("0+"),
        highWatermark: int64("0+", -1),
        lastStableOffset: int64("4+", -1),
        logStartOffset: int64("5+", -1),
        abortedTransactions: nullableArray("4+", "4+", { producerId: int64("4+"), firstOffset: int64("4+") }),
        preferredReadReplica: int32("11+", -1),
        records: records("0+"),
      }),
    }),
  },
  async handle(call, request) {
    if (request.sessionId !== 0) return { errorCode: ERROR_CODE.fetchSessionIdNotFound };
    if (request.sessionEpoch > 0) return { errorCode: ERROR_CODE.invalidFetchSessionEpoch };
    const plan = planOf(call, request.topics);
    const answers = await read(call, request, plan);
    return {
      responses: request.topics.map(({ topic, partitions }) => ({
        topic,
        partitions: partitions.map((one) => answers.get(one) ?? refusal(one, plan.errors.get(one))),
      })),
    };
  },
});

interface Wanted {
  readonly partition: number;
  readonly fetchOffset: number;
  readonly partitionMaxBytes: number;
}

interface Plan {
  readonly errors: Map<Wanted, ErrorCode>;
  /** The one partition that there is; asked for twice, it is read once. */
  readonly wanted: Wanted | undefined;
  readonly topic: KafkaTopic | undefined;
}

function planOf(
  call: Call,
  topics: readonly { readonly topic: string; readonly partitions: readonly Wanted[] }[],
): Plan {
  const errors = new Map<Wanted, ErrorCode>();
  let plan: Plan = { errors, wanted: undefined, topic: undefined };
  for (const { topic: name, partitions } of topics) {
    for (const wanted of partitions) {
      const topic = ownTopic(call, name, wanted.partition);
      if (typeof topic === "number") errors.set(wanted, topic);
      else if (plan.wanted) errors.set(wanted, ERROR_CODE.invalidRequest);
      else plan = { errors, wanted, topic };
    }
  }
  return plan;
}

async function read(
  call: Call,
  request: { readonly maxWaitMs: number; readonly minBytes: number; readonly maxBytes: number },
  { wanted, topic, errors }: Plan,
) {
  const { group, peer, limits } = call;
  const waitMs = Math.min(Math.max(request.maxWaitMs, 0), limits.fetchWaitMsMax);
  const answers = new Map<Wanted, ReturnType<typeof answerOf>>();
  const turn = wanted && group.ask(peer, call.now());
  if (!wanted || !topic || turn === "refused") {
    if (wanted) errors.set(wanted, ERROR_CODE.topicAuthorizationFailed);
    // One that asks again and again is slowed down.
    await pause(call, Math.min(waitMs, errors.size > 0 ? REFUSED_AFTER_MS : waitMs));
    return answers;
  }
  if (turn === "undecided") {
    await pause(call, waitMs);
    answers.set(wanted, answerOf(wanted, topic, { batches: [] }));
    return answers;
  }
  const bytesMax = Math.max(1, Math.min(request.maxBytes, wanted.partitionMaxBytes, limits.fetchBytesMax));
  const place: Place = {
    offset: wanted.fetchOffset,
    bytesMax,
    bytesMin: Math.min(request.minBytes, bytesMax),
    waitMs: errors.size > 0 ? 0 : waitMs,
  };
  const found = await readWhenThere(call, topic, place);
  answers.set(wanted, answerOf(wanted, topic, found));
  group.answered(peer, found.nextOffset, call.now());
  return answers;
}

function answerOf(
  { partition }: Wanted,
  topic: KafkaTopic,
  found: { readonly errorCode?: ErrorCode; readonly batches: readonly Uint8Array[] },
) {
  const { endOffset, startOffset } = topic;
  return {
    partitionIndex: partition,
    errorCode: found.errorCode ?? ERROR_CODE.none,
    highWatermark: endOffset,
    lastStableOffset: endOffset,
    logStartOffset: startOffset,
    records: found.batches,
  };
}

function refusal({ partition }: Wanted, errorCode: ErrorCode = ERROR_CODE.none) {
  return { partitionIndex: partition, errorCode, records: [] };
}

/** Ends early when the connection is closed. */
function pause({ peer }: Call, ms: number): Promise<void> {
  if (!peer.isOpen || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const stop = peer.onClose(done);
  });
}
