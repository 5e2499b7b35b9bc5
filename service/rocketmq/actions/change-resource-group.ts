import { changeResourceGroup as published } from "../../../contract/rocketmq/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeInstance } from "../engine/instances.ts";

export const changeResourceGroup = defineAction(published, (ctx, input) => {
  changeInstance(ctx, input.resourceId, () => ({ resourceGroupId: input.resourceGroupId }), false);
  return { data: true };
});
