import { deleteConsumerGroupSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { removeGroup } from "../engine/subscriptions.ts";

export const deleteConsumerGroupSubscribeRelation = serveAction(published, (ctx, input) => {
  removeGroup(ctx, input, input.ProductKey, input.ConsumerGroupId);
  return {};
});
