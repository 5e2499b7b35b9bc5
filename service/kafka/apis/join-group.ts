import { ERROR_CODE } from "../error-code.ts";
import { array, bytes, int16, int32, nullableString, string } from "../wire/fields.ts";
import { api } from "./api.ts";

/**
 * JoinGroup (11), 0-7: makes the client the group's one member, answered at once: nobody else has to be waited for.
 * - v1 adds the rebalance time-out, v4 the member id that is given first (MEMBER_ID_REQUIRED), v5 static members, v7 the
 *   protocol in the answer. A second client is refused with GROUP_MAX_SIZE_REACHED, before v4 with
 *   GROUP_AUTHORIZATION_FAILED; a static member does not drive out its namesake that lives.
 */
export const joinGroup = api({
  key: 11,
  name: "JoinGroup",
  versions: "0-7",
  flexibleFrom: 6,
  request: {
    groupId: string("0+"),
    sessionTimeoutMs: int32("0+"),
    rebalanceTimeoutMs: int32("1+", -1),
    memberId: string("0+"),
    groupInstanceId: nullableString("5+"),
    protocolType: string("0+"),
    protocols: array("0+", { name: string("0+"), metadata: bytes("0+") }),
  },
  answer: {
    throttleTimeMs: int32("2+"),
    errorCode: int16("0+"),
    generationId: int32("0+", -1),
    protocolType: nullableString("7+"),
    protocolName: nullableString("0+", "7+"),
    leader: string("0+"),
    memberId: string("0+"),
    members: array("0+", {
      memberId: string("0+"),
      groupInstanceId: nullableString("5+"),
      metadata: bytes("0+"),
    }),
  },
  handle({ version, peer, principal, group, now }, request) {
    const { groupId, memberId } = request;
    if (groupId !== principal.groupId) return { errorCode: ERROR_CODE.groupAuthorizationFailed, memberId };
    const joined = group.join(request, peer, version, now());
    if ("errorCode" in joined) return { memberId, ...joined };
    const { id, instanceId, generation, protocolType, protocol } = joined.member;
    return {
      generationId: generation,
      protocolType,
      protocolName: protocol.name,
      leader: id,
      memberId: id,
      members: [{ memberId: id, groupInstanceId: instanceId, metadata: protocol.metadata }],
    };
  },
});
