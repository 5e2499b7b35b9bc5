/* ModifySubscriptionObject, version 2020-01-01, older family: changes what an instance tracks. TableExcludes is refused. */
import { z } from "zod";
import { subscriptionParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { modifyJob } from "../engine/jobs.ts";
import { subscriptionOf } from "../job-of.ts";
import { subscriptionObject } from "../subscription-object.ts";

export const modifySubscriptionObject = defineAction({
  name: "ModifySubscriptionObject",
  kind: "write",
  summary: "Older family: changes what an instance tracks.",
  partial: "TableExcludes is refused.",
  request: z.object({ ...subscriptionParams, SubscriptionObject: subscriptionObject }),
  handler(ctx, input) {
    modifyJob(ctx, subscriptionOf(ctx, input).jobId, { objects: input.SubscriptionObject });
    return {};
  },
});
