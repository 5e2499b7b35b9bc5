/* StartSubscriptionInstance, version 2020-01-01, older family: prechecks and starts, or resumes. */
import { z } from "zod";
import { subscriptionParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";

export const startSubscriptionInstance = defineAction({
  name: "StartSubscriptionInstance",
  kind: "write",
  summary: "Older family: starts an instance.",
  request: z.object(subscriptionParams),
  handler(ctx, input) {
    const { jobId } = subscriptionOf(ctx, input);
    startJob(ctx, jobId);
    return { TaskId: jobId };
  },
});
