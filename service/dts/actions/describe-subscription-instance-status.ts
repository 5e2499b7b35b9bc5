import { describeSubscriptionInstanceStatus as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { subscriptionOf } from "../job-of.ts";
import { subscriptionInstanceFields } from "../views/subscription.ts";

export const describeSubscriptionInstanceStatus = defineAction(published, (ctx, input) => {
  const job = subscriptionOf(ctx, input);
  return { ...subscriptionInstanceFields(ctx, job), TaskId: job.jobId };
});
