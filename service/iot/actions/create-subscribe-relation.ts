import { createSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { createSubscription } from "../engine/subscriptions.ts";

export const createSubscribeRelation = serveAction(published, (ctx, input) => {
  createSubscription(ctx, input);
  return {};
});
