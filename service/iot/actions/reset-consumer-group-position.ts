import { resetConsumerGroupPosition as published } from "../../../contract/iot/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { activityKey } from "../engine/status.ts";

export const resetConsumerGroupPosition = defineAction(published, (ctx, input) => {
  const key = activityKey(groupOf(ctx, input, input.GroupId));
  for (const port of ctx.ports.all("activity")) port.clear?.("iot", key);
  return {};
});
