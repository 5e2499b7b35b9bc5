/*
 * CreateConsumerGroup, version 2018-01-20: adds a consumer group. Holds IOT-1, IOT-2 and IOT-4; a name that
 * is taken in the instance is refused.
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { placeOf } from "../engine/place.ts";
import { commonParams, groupNameParam } from "../params.ts";

export const createConsumerGroup = defineAction({
  name: "CreateConsumerGroup",
  kind: "write",
  summary: "Adds a consumer group to an instance.",
  request: z.object({ ...commonParams, GroupName: groupNameParam }),
  handler(ctx, input) {
    return { GroupId: createGroup(ctx, placeOf(ctx, input), input.GroupName).groupId };
  },
});
