import { ERROR_CODE } from "../error-code.ts";
import { array, arrayOf, bool, bytes, int16, int32, nullableString, string } from "../wire/fields.ts";
import { api, type Call } from "./api.ts";

const OPERATIONS_NOT_TOLD = -2_147_483_648;

/**
 * DescribeGroups (15), 0-5: the state and the member of the user's own group, for tools that look around.
 * - v3 adds permitted operations: never told, v4 static members. A client that assigns itself is no member, and not shown.
 */
export const describeGroups = api({
  key: 15,
  name: "DescribeGroups",
  versions: "0-5",
  flexibleFrom: 5,
  request: { groups: arrayOf("0+", string("0+")), includeAuthorizedOperations: bool("3+") },
  answer: {
    throttleTimeMs: int32("1+"),
    groups: array("0+", {
      errorCode: int16("0+"),
      groupId: string("0+"),
      groupState: string("0+"),
      protocolType: string("0+"),
      protocolData: string("0+"),
      members: array("0+", {
        memberId: string("0+"),
        groupInstanceId: nullableString("4+"),
        clientId: string("0+"),
        clientHost: string("0+"),
        memberMetadata: bytes("0+"),
        memberAssignment: bytes("0+"),
      }),
      authorizedOperations: int32("3+", OPERATIONS_NOT_TOLD),
    }),
  },
  handle(call, { groups }) {
    return { groups: groups.map((groupId) => describe(call, groupId)) };
  },
});

function describe({ principal, group, now }: Call, groupId: string) {
  if (groupId !== principal.groupId) return { groupId, errorCode: ERROR_CODE.groupAuthorizationFailed };
  const { state, member } = group.description(now());
  if (!member) return { groupId, groupState: state, protocolType: "consumer" };
  const shown = {
    memberId: member.id,
    groupInstanceId: member.instanceId,
    clientId: member.peer.clientId,
    // As Apache Kafka writes it.
    clientHost: `/${member.peer.address.replace(/:\d+$/, "")}`,
    memberMetadata: member.protocol.metadata,
    memberAssignment: member.assignment ?? new Uint8Array(0),
  };
  const { protocolType, protocol } = member;
  return { groupId, groupState: state, protocolType, protocolData: protocol.name, members: [shown] };
}
