import { ERROR_CODE } from "../error-code.ts";
import { array, bytes, int16, int32, nullableString, string } from "../wire/fields.ts";
import { api } from "./api.ts";

/**
 * SyncGroup (14), 0-5: the member says what it reads, and is told so.
 * - v3 adds static members, v5 the protocol, which has to be the one of the join. What the assignment holds is the client's
 *   own business.
 */
export const syncGroup = api({
  key: 14,
  name: "SyncGroup",
  versions: "0-5",
  flexibleFrom: 4,
  request: {
    groupId: string("0+"),
    generationId: int32("0+"),
    memberId: string("0+"),
    groupInstanceId: nullableString("3+"),
    protocolType: nullableString("5+"),
    protocolName: nullableString("5+"),
    assignments: array("0+", { memberId: string("0+"), assignment: bytes("0+") }),
  },
  answer: {
    throttleTimeMs: int32("1+"),
    errorCode: int16("0+"),
    protocolType: nullableString("5+"),
    protocolName: nullableString("5+"),
    assignment: bytes("0+"),
  },
  handle({ peer, principal, group, now }, request) {
    if (request.groupId !== principal.groupId) return { errorCode: ERROR_CODE.groupAuthorizationFailed };
    const member = group.check(request.memberId, request.generationId, peer, now());
    if (typeof member === "number") return { errorCode: member };
    const { protocolType, protocol } = member;
    if (
      (request.protocolType ?? protocolType) !== protocolType ||
      (request.protocolName ?? protocol.name) !== protocol.name
    ) {
      return { errorCode: ERROR_CODE.inconsistentGroupProtocol };
    }
    const own = request.assignments.find(({ memberId }) => memberId === member.id);
    if (own) member.assignment = Uint8Array.from(own.assignment);
    member.assignment ??= new Uint8Array(0);
    return { protocolType, protocolName: protocol.name, assignment: member.assignment };
  },
});
