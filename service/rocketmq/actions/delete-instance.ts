import { deleteInstance as published } from "../../../contract/rocketmq/instances.ts";
import { serveAction } from "../../core/kit/action.ts";
import { removeInstance } from "../engine/instances.ts";

export const deleteInstance = serveAction(published, (ctx, input) => {
  removeInstance(ctx, input.instanceId);
  return { data: true };
});
