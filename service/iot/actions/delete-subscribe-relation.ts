import { deleteSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { deleteSubscription } from "../engine/subscriptions.ts";

export const deleteSubscribeRelation = serveAction(published, (ctx, input) => {
  deleteSubscription(ctx, input);
  return {};
});
