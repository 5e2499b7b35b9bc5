import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import { array, int16, int32, int64, nullableString, string } from "../wire/fields.ts";
import { api, type Call } from "./api.ts";
import { ownTopic, repeats } from "./own-topic.ts";

const METADATA_BYTES_MAX = 4_096;

/**
 * OffsetCommit (8), 1-8: keeps the group's position; answered when it is durable.
 * - A position may lie anywhere, with any text of at most 4096 bytes. The time (v1), how long to keep it (v2-4), the leader's
 *   epoch (v6) and the instance id (v7) are not kept. Without a member id (generation -1) only the session that reads may.
 */
export const offsetCommit = api({
  key: 8,
  name: "OffsetCommit",
  versions: "1-8",
  flexibleFrom: 8,
  request: {
    groupId: string("0+"),
    generationId: int32("1+", -1),
    memberId: string("1+"),
    groupInstanceId: nullableString("7+"),
    retentionTimeMs: int64("2-4", -1),
    topics: array("0+", {
      name: string("0+"),
      partitions: array("0+", {
        partitionIndex: int32("0+"),
        committedOffset: int64("0+"),
        committedLeaderEpoch: int32("6+", -1),
        commitTimestamp: int64("1", -1),
        committedMetadata: nullableString("0+"),
      }),
    }),
  },
  answer: {
    throttleTimeMs: int32("3+"),
    topics: array("0+", {
      name: string("0+"),
      partitions: array("0+", { partitionIndex: int32("0+"), errorCode: int16("0+") }),
    }),
  },
  async handle(call, request) {
    const refused = mayCommit(call, request);
    const isRepeated = repeats();
    const topics = [];
    for (const { name, partitions } of request.topics) {
      const kept = [];
      for (const one of partitions) {
        const errorCode = isRepeated(name, one.partitionIndex)
          ? ERROR_CODE.invalidRequest
          : refused || (await keep(call, name, one));
        kept.push({ partitionIndex: one.partitionIndex, errorCode });
      }
      topics.push({ name, partitions: kept });
    }
    return { topics };
  },
});

function mayCommit(
  { principal, group, peer, now }: Call,
  request: { groupId: string; memberId: string; generationId: number },
): ErrorCode {
  if (request.groupId !== principal.groupId) return ERROR_CODE.groupAuthorizationFailed;
  return group.mayCommit(request.memberId, request.generationId, peer, now());
}

async function keep(
  call: Call,
  name: string,
  one: { partitionIndex: number; committedOffset: number; committedMetadata: string | null },
): Promise<ErrorCode> {
  const topic = ownTopic(call, name, one.partitionIndex);
  if (typeof topic === "number") return topic;
  const metadata = one.committedMetadata ?? "";
  if (Buffer.byteLength(metadata) > METADATA_BYTES_MAX) return ERROR_CODE.offsetMetadataTooLarge;
  if (one.committedOffset < 0 || !Number.isSafeInteger(one.committedOffset)) return ERROR_CODE.invalidRequest;
  try {
    await call.backend.commit(call.principal.groupId, name, { offset: one.committedOffset, metadata });
    return ERROR_CODE.none;
  } catch {
    // Clients look for the coordinator anew and try again.
    return ERROR_CODE.coordinatorNotAvailable;
  }
}
