/* DeleteSubscriptionInstance, version 2020-01-01, older family: releases an instance; a prepaid one must have expired. */
import { z } from "zod";
import { subscriptionParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";

export const deleteSubscriptionInstance = defineAction({
  name: "DeleteSubscriptionInstance",
  kind: "write",
  summary: "Older family: releases an instance.",
  request: z.object(subscriptionParams),
  handler(ctx, input) {
    deleteJob(ctx, subscriptionOf(ctx, input).jobId);
    return {};
  },
});
