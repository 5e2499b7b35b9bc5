import { updateInstanceSoftware as published } from "../../../contract/rocketmq/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeInstance } from "../engine/instances.ts";

export const updateInstanceSoftware = defineAction(published, (ctx, input) => {
  changeInstance(
    ctx,
    input.instanceId,
    (instance) => ({ maintainTime: input.maintainTime ?? instance.maintainTime }),
    false,
  );
  return { data: true };
});
