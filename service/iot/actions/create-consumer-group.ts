import { createConsumerGroup as published } from "../../../contract/iot/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { placeOf } from "../engine/place.ts";

export const createConsumerGroup = defineAction(published, (ctx, input) => ({
  GroupId: createGroup(ctx, placeOf(ctx, input), input.GroupName).groupId,
}));
