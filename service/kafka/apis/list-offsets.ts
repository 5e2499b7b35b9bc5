import type { KafkaTopic } from "../backend.ts";
import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import { array, arrayOf, int8, int16, int32, int64, string } from "../wire/fields.ts";
import { api, type Call } from "./api.ts";
import { ownTopic, repeats } from "./own-topic.ts";

const LATEST = -1;
const EARLIEST = -2;

/**
 * ListOffsets (2), 0-6: the first offset, the one behind the last, or the first record at or behind a time.
 * - When all records are older, the answer is the end of the log with the time that was asked for, and not "none": a client
 *   that starts "now" would else begin at the oldest record.
 * - v0 answers lists of one offset, v1 one offset and its time, v4 adds leader epochs: always -1. Isolation levels (v2) make
 *   no difference. Times below -2 (v7 and newer) are refused.
 */
export const listOffsets = api({
  key: 2,
  name: "ListOffsets",
  versions: "0-6",
  flexibleFrom: 6,
  request: {
    replicaId: int32("0+", -1),
    isolationLevel: int8("2+"),
    topics: array("0+", {
      name: string("0+"),
      partitions: array("0+", {
        partitionIndex: int32("0+"),
        currentLeaderEpoch: int32("4+", -1),
        timestamp: int64("0+"),
        maxNumOffsets: int32("0", 1),
      }),
    }),
  },
  answer: {
    throttleTimeMs: int32("2+"),
    topics: array("0+", {
      name: string("0+"),
      partitions: array("0+", {
        partitionIndex: int32("0+"),
        errorCode: int16("0+"),
        oldStyleOffsets: arrayOf("0", int64("0")),
        timestamp: int64("1+", -1),
        offset: int64("1+", -1),
        leaderEpoch: int32("4+", -1),
      }),
    }),
  },
  async handle(call, request) {
    const isRepeated = repeats();
    const topics = [];
    for (const { name, partitions } of request.topics) {
      const found = [];
      for (const one of partitions) {
        const { partitionIndex } = one;
        if (!isRepeated(name, partitionIndex)) found.push(await partitionOf(call, name, one));
        else found.push({ partitionIndex, errorCode: ERROR_CODE.invalidRequest });
      }
      topics.push({ name, partitions: found });
    }
    return { topics };
  },
});

async function partitionOf(
  call: Call,
  name: string,
  {
    partitionIndex,
    timestamp,
    maxNumOffsets,
  }: { partitionIndex: number; timestamp: number; maxNumOffsets: number },
) {
  const topic = ownTopic(call, name, partitionIndex);
  const place = typeof topic === "number" ? topic : await find(topic, timestamp);
  if (typeof place === "number") return { partitionIndex, errorCode: place };
  return { partitionIndex, ...place, oldStyleOffsets: maxNumOffsets > 0 ? [place.offset] : [] };
}

async function find(
  topic: KafkaTopic,
  timestamp: number,
): Promise<{ offset: number; timestamp: number } | ErrorCode> {
  if (timestamp === LATEST) return { offset: topic.endOffset, timestamp: -1 };
  if (timestamp === EARLIEST) return { offset: topic.startOffset, timestamp: -1 };
  if (timestamp < 0) return ERROR_CODE.unsupportedVersion;
  try {
    return (await topic.find(timestamp)) ?? { offset: topic.endOffset, timestamp };
  } catch {
    return ERROR_CODE.storageError;
  }
}
