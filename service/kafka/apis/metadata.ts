import { ERROR_CODE } from "../error-code.ts";
import { array, arrayOf, bool, int16, int32, nullableArray, nullableString, string } from "../wire/fields.ts";
import { api, type Call } from "./api.ts";

/** The one broker; groups have it as their coordinator. */
export const NODE_ID = 0;
const OPERATIONS_NOT_TOLD = -2_147_483_648;

/**
 * Metadata (3), 0-9: one broker, and the user's one topic with one partition.
 * - No topics asked for (an empty list in v0, null from v1 on) means all. v1 adds the controller, v2 the cluster's id, v4
 *   "make the topic", which never happens, v7 leader epochs: always -1, v8 permitted operations: never told.
 * - Any other topic is refused in the same way, whether it exists or not.
 */
export const metadata = api({
  key: 3,
  name: "Metadata",
  versions: "0-9",
  flexibleFrom: 9,
  request: {
    topics: nullableArray("0+", "1+", { name: string("0+") }),
    allowAutoTopicCreation: bool("4+", true),
    includeClusterAuthorizedOperations: bool("8+"),
    includeTopicAuthorizedOperations: bool("8+"),
  },
  answer: {
    throttleTimeMs: int32("3+"),
    brokers: array("0+", {
      nodeId: int32("0+"),
      host: string("0+"),
      port: int32("0+"),
      rack: nullableString("1+"),
    }),
    clusterId: nullableString("2+"),
    controllerId: int32("1+", -1),
    topics: array("0+", {
      errorCode: int16("0+"),
      name: string("0+"),
      isInternal: bool("1+"),
      partitions: array("0+", {
        errorCode: int16("0+"),
        partitionIndex: int32("0+"),
        leaderId: int32("0+"),
        leaderEpoch: int32("7+", -1),
        replicaNodes: arrayOf("0+", int32("0+")),
        isrNodes: arrayOf("0+", int32("0+")),
        offlineReplicas: arrayOf("5+", int32("5+")),
      }),
      topicAuthorizedOperations: int32("8+", OPERATIONS_NOT_TOLD),
    }),
    clusterAuthorizedOperations: int32("8-10", OPERATIONS_NOT_TOLD),
  },
  handle(call, { topics }) {
    const { principal, backend, version } = call;
    const isAll = topics === null || (version === 0 && topics.length === 0);
    const own = backend.topic(principal.topic) ? [principal.topic] : [];
    const names = isAll ? own : topics.map(({ name }) => name);
    return {
      brokers: [{ nodeId: NODE_ID, ...call.advertised }],
      clusterId: call.clusterId,
      controllerId: NODE_ID,
      topics: names.map((name) => topicOf(call, name)),
    };
  },
});

function topicOf({ principal, backend }: Call, name: string) {
  if (name !== principal.topic) return { errorCode: ERROR_CODE.topicAuthorizationFailed, name };
  // It is there, and its log is being opened: clients wait for this, and give up where a topic is unknown.
  if (!backend.topic(name)) return { errorCode: ERROR_CODE.leaderNotAvailable, name };
  const partition = {
    partitionIndex: 0,
    leaderId: NODE_ID,
    replicaNodes: [NODE_ID],
    isrNodes: [NODE_ID],
  };
  return { name, partitions: [partition] };
}
