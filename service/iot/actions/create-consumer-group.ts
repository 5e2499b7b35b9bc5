import { createConsumerGroup as published } from "../../../contract/iot/groups.ts";
import { serveAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { placeOf } from "../engine/place.ts";

export const createConsumerGroup = serveAction(published, (ctx, input) => ({
  GroupId: createGroup(ctx, placeOf(ctx, input), input.GroupName).groupId,
}));
