import { startSubscriptionInstance as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";

export const startSubscriptionInstance = defineAction(published, (ctx, input) => {
  const { jobId } = subscriptionOf(ctx, input);
  startJob(ctx, jobId);
  return { TaskId: jobId };
});
