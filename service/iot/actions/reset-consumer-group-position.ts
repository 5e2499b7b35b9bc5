import { resetConsumerGroupPosition as published } from "../../../contract/iot/groups.ts";
import { serveAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { activityKey } from "../engine/status.ts";

export const resetConsumerGroupPosition = serveAction(published, (ctx, input) => {
  const key = activityKey(groupOf(ctx, input, input.GroupId));
  ctx.ports.find("activity")?.clear?.("iot", key);
  return {};
});
