import { ERROR_CODE } from "../error-code.ts";
import { array, arrayOf, int8, int16, int32, nullableString, string } from "../wire/fields.ts";
import { api, type Call } from "./api.ts";
import { NODE_ID } from "./metadata.ts";

const GROUP = 0;

/**
 * FindCoordinator (10), 0-4: the one broker, for the user's own group.
 * - v1 adds the kind of key; coordinators of transactions are not offered. v4 asks for several keys at once.
 */
export const findCoordinator = api({
  key: 10,
  name: "FindCoordinator",
  versions: "0-4",
  flexibleFrom: 3,
  request: {
    key: string("0-3"),
    keyType: int8("1+", GROUP),
    coordinatorKeys: arrayOf("4+", string("4+")),
  },
  answer: {
    throttleTimeMs: int32("1+"),
    errorCode: int16("0-3"),
    errorMessage: nullableString("1-3"),
    nodeId: int32("0-3"),
    host: string("0-3"),
    port: int32("0-3"),
    coordinators: array("4+", {
      key: string("4+"),
      nodeId: int32("4+"),
      host: string("4+"),
      port: int32("4+"),
      errorCode: int16("4+"),
      errorMessage: nullableString("4+"),
    }),
  },
  handle(call, { key, keyType, coordinatorKeys }) {
    if (call.version < 4) return coordinatorOf(call, keyType, key);
    return { coordinators: coordinatorKeys.map((one) => coordinatorOf(call, keyType, one)) };
  },
});

function coordinatorOf({ principal, advertised }: Call, keyType: number, key: string) {
  const nowhere = { key, nodeId: -1, host: "", port: -1 };
  if (keyType !== GROUP) {
    return {
      ...nowhere,
      errorCode: ERROR_CODE.invalidRequest,
      errorMessage: "Only groups have a coordinator here.",
    };
  }
  if (key !== principal.groupId) {
    return {
      ...nowhere,
      errorCode: ERROR_CODE.groupAuthorizationFailed,
      errorMessage: `This user reads as group ${principal.groupId} and no other: set group.id to it.`,
    };
  }
  return { key, nodeId: NODE_ID, ...advertised };
}
