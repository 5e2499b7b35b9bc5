import { ERROR_CODE } from "../error-code.ts";
import { int16, int32, nullableString, string } from "../wire/fields.ts";
import { api } from "./api.ts";

/**
 * Heartbeat (12), 0-4: the member lives.
 * - v3 adds static members. REBALANCE_IN_PROGRESS never comes: there is nobody to share with.
 */
export const heartbeat = api({
  key: 12,
  name: "Heartbeat",
  versions: "0-4",
  flexibleFrom: 4,
  request: {
    groupId: string("0+"),
    generationId: int32("0+"),
    memberId: string("0+"),
    groupInstanceId: nullableString("3+"),
  },
  answer: { throttleTimeMs: int32("1+"), errorCode: int16("0+") },
  handle({ peer, principal, group, now }, { groupId, generationId, memberId }) {
    if (groupId !== principal.groupId) return { errorCode: ERROR_CODE.groupAuthorizationFailed };
    const member = group.check(memberId, generationId, peer, now());
    return { errorCode: typeof member === "number" ? member : ERROR_CODE.none };
  },
});
