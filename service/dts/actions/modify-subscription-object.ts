import { modifySubscriptionObject as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { modifyJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";

export const modifySubscriptionObject = defineAction(published, (ctx, input) => {
  modifyJob(ctx, subscriptionOf(ctx, input).jobId, { objects: input.SubscriptionObject });
  return {};
});
