import type { CommittedOffset } from "../backend.ts";
import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import {
  array,
  arrayOf,
  bool,
  int16,
  int32,
  int64,
  nullableArray,
  nullableString,
  string,
} from "../wire/fields.ts";
import { api, type Call } from "./api.ts";

const askedTopics = { name: string("0+"), partitionIndexes: arrayOf("0+", int32("0+")) };
const answeredTopics = {
  name: string("0+"),
  partitions: array("0+", {
    partitionIndex: int32("0+"),
    committedOffset: int64("0+"),
    committedLeaderEpoch: int32("5+", -1),
    metadata: nullableString("0+"),
    errorCode: int16("0+"),
  }),
};

/**
 * OffsetFetch (9), 0-8: the group's position; -1 when it never committed one.
 * - No topics asked for (null, from v2 on) means all. v2 adds an error for the whole, v5 leader epochs: always -1, v7
 *   "stable only", which is always so. v8 asks for several groups at once.
 */
export const offsetFetch = api({
  key: 9,
  name: "OffsetFetch",
  versions: "0-8",
  flexibleFrom: 6,
  request: {
    groupId: string("0-7"),
    topics: nullableArray("0-7", "2-7", askedTopics),
    groups: array("8+", { groupId: string("8+"), topics: nullableArray("8+", "8+", askedTopics) }),
    requireStable: bool("7+"),
  },
  answer: {
    throttleTimeMs: int32("3+"),
    topics: array("0-7", answeredTopics),
    errorCode: int16("2-7"),
    groups: array("8+", {
      groupId: string("8+"),
      topics: array("8+", answeredTopics),
      errorCode: int16("8+"),
    }),
  },
  async handle(call, request) {
    if (call.version < 8) return positionsOf(call, request);
    const groups = [];
    for (const one of request.groups)
      groups.push({ groupId: one.groupId, ...(await positionsOf(call, one)) });
    return { groups };
  },
});

type Asked = readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[];

async function positionsOf(call: Call, { groupId, topics }: { groupId: string; topics: Asked | null }) {
  const { principal, backend, version } = call;
  const nothing: CommittedOffset = { offset: -1, metadata: "" };
  let committed: CommittedOffset | undefined;
  let errorCode: ErrorCode = ERROR_CODE.none;
  if (groupId !== principal.groupId) errorCode = ERROR_CODE.groupAuthorizationFailed;
  else {
    try {
      committed = await backend.committed(groupId, principal.topic);
    } catch {
      errorCode = ERROR_CODE.coordinatorNotAvailable;
    }
  }
  const all = committed ? [{ name: principal.topic, partitionIndexes: [0] }] : [];
  const answered = (topics ?? all).map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((partitionIndex) => {
      const isOwn = name === principal.topic;
      const { offset, metadata } = (isOwn && partitionIndex === 0 && committed) || nothing;
      const code = errorCode || (isOwn ? ERROR_CODE.none : ERROR_CODE.topicAuthorizationFailed);
      return { partitionIndex, committedOffset: offset, metadata, errorCode: code };
    }),
  }));
  return { topics: answered, errorCode: version < 2 ? ERROR_CODE.none : errorCode };
}
