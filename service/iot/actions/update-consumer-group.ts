import { updateConsumerGroup as published } from "../../../contract/iot/groups.ts";
import { serveAction } from "../../core/kit/action.ts";
import { renameGroup } from "../engine/groups.ts";

export const updateConsumerGroup = serveAction(published, (ctx, input) => {
  renameGroup(ctx, input, input.GroupId, input.NewGroupName);
  return {};
});
