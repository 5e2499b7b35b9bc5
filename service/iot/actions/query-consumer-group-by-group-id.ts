import { queryConsumerGroupByGroupId as published } from "../../../contract/iot/groups.ts";
import { serveAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { groupFields } from "../views/group.ts";

export const queryConsumerGroupByGroupId = serveAction(published, (ctx, input) => ({
  Data: groupFields(groupOf(ctx, input, input.GroupId)),
}));
