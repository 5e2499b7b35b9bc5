import { ERROR_CODE } from "../error-code.ts";
import { array, int16, int32, nullableString, string } from "../wire/fields.ts";
import { api } from "./api.ts";

/**
 * LeaveGroup (13), 0-4: the member goes, and the next client may come at once.
 * - v3 takes several members, by id, or by instance id for a static one.
 */
export const leaveGroup = api({
  key: 13,
  name: "LeaveGroup",
  versions: "0-4",
  flexibleFrom: 4,
  request: {
    groupId: string("0+"),
    memberId: string("0-2"),
    members: array("3+", { memberId: string("3+"), groupInstanceId: nullableString("3+") }),
  },
  answer: {
    throttleTimeMs: int32("1+"),
    errorCode: int16("0+"),
    members: array("3+", {
      memberId: string("3+"),
      groupInstanceId: nullableString("3+"),
      errorCode: int16("3+"),
    }),
  },
  handle({ version, principal, group, now }, { groupId, memberId, members }) {
    if (groupId !== principal.groupId) return { errorCode: ERROR_CODE.groupAuthorizationFailed };
    if (version < 3) return { errorCode: group.leave(memberId, null, now()) };
    return {
      members: members.map((one) => ({
        ...one,
        errorCode: group.leave(one.memberId, one.groupInstanceId, now()),
      })),
    };
  },
});
