import { startSubscriptionInstance as published } from "../../../contract/dts/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";

export const startSubscriptionInstance = serveAction(published, (ctx, input) => {
  const { jobId } = subscriptionOf(ctx, input);
  startJob(ctx, jobId);
  return { TaskId: jobId };
});
