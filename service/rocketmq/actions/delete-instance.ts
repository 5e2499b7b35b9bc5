import { deleteInstance as published } from "../../../contract/rocketmq/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { removeInstance } from "../engine/instances.ts";

export const deleteInstance = defineAction(published, (ctx, input) => {
  removeInstance(ctx, input.instanceId);
  return { data: true };
});
