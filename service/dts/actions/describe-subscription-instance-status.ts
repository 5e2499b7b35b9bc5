/* DescribeSubscriptionInstanceStatus, version 2020-01-01, older family: all about one instance. */
import { z } from "zod";
import { subscriptionParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { subscriptionOf } from "../job-of.ts";
import { subscriptionInstanceFields } from "../views/subscription.ts";

export const describeSubscriptionInstanceStatus = defineAction({
  name: "DescribeSubscriptionInstanceStatus",
  kind: "read",
  summary: "Older family: reads one instance.",
  request: z.object(subscriptionParams),
  handler(ctx, input) {
    const job = subscriptionOf(ctx, input);
    return { ...subscriptionInstanceFields(ctx, job), TaskId: job.jobId };
  },
});
