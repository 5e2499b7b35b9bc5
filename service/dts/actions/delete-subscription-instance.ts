import { deleteSubscriptionInstance as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";

export const deleteSubscriptionInstance = defineAction(published, (ctx, input) => {
  deleteJob(ctx, subscriptionOf(ctx, input).jobId);
  return {};
});
