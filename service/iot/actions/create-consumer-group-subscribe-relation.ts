import { createConsumerGroupSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { addGroup } from "../engine/subscriptions.ts";

export const createConsumerGroupSubscribeRelation = serveAction(published, (ctx, input) => {
  addGroup(ctx, input, input.ProductKey, input.ConsumerGroupId);
  return {};
});
