import { queryConsumerGroupByGroupId as published } from "../../../contract/iot/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { groupFields } from "../views/group.ts";

export const queryConsumerGroupByGroupId = defineAction(published, (ctx, input) => ({
  Data: groupFields(groupOf(ctx, input, input.GroupId)),
}));
