import { updateSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { updateSubscription } from "../engine/subscriptions.ts";

export const updateSubscribeRelation = serveAction(published, (ctx, input) => {
  updateSubscription(ctx, input);
  return {};
});
