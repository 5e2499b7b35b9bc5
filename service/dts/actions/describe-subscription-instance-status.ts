import { describeSubscriptionInstanceStatus as published } from "../../../contract/dts/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { subscriptionOf } from "../job-of.ts";
import { subscriptionInstanceFields } from "../views/subscription.ts";

export const describeSubscriptionInstanceStatus = serveAction(published, (ctx, input) => {
  const job = subscriptionOf(ctx, input);
  return { ...subscriptionInstanceFields(ctx, job), TaskId: job.jobId };
});
