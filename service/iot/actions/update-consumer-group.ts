/* UpdateConsumerGroup, version 2018-01-20: renames a group, never the default one (IOT-4). */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { renameGroup } from "../engine/groups.ts";
import { groupNameParam, groupParams } from "../params.ts";

export const updateConsumerGroup = defineAction({
  name: "UpdateConsumerGroup",
  kind: "write",
  summary: "Renames a consumer group.",
  request: z.object({ ...groupParams, NewGroupName: groupNameParam }),
  handler(ctx, input) {
    renameGroup(ctx, input, input.GroupId, input.NewGroupName);
    return {};
  },
});
