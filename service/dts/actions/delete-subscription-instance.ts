import { deleteSubscriptionInstance as published } from "../../../contract/dts/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";

export const deleteSubscriptionInstance = serveAction(published, (ctx, input) => {
  deleteJob(ctx, subscriptionOf(ctx, input).jobId);
  return {};
});
