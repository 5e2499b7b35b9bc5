import { resetConsumerGroupPosition as published } from "../../../contract/iot/groups.ts";
import { serveAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { clearBacklog } from "../engine/status.ts";

export const resetConsumerGroupPosition = serveAction(published, (ctx, input) => {
  clearBacklog(ctx, groupOf(ctx, input, input.GroupId));
  return {};
});
