import { array, arrayOf, int16, int32, string } from "../wire/fields.ts";
import { api } from "./api.ts";

/**
 * ListGroups (16), 0-4: the user's own group, for tools that look around.
 * - v4 adds the state and the wish for groups of some states only.
 */
export const listGroups = api({
  key: 16,
  name: "ListGroups",
  versions: "0-4",
  flexibleFrom: 3,
  request: { statesFilter: arrayOf("4+", string("4+")) },
  answer: {
    throttleTimeMs: int32("1+"),
    errorCode: int16("0+"),
    groups: array("0+", { groupId: string("0+"), protocolType: string("0+"), groupState: string("4+") }),
  },
  handle({ group, now }, { statesFilter }) {
    const { state, member } = group.description(now());
    const isAsked = statesFilter.length === 0 || statesFilter.includes(state);
    const own = { groupId: group.id, protocolType: member?.protocolType ?? "consumer", groupState: state };
    return { groups: isAsked ? [own] : [] };
  },
});
