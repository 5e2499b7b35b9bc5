import { describeSubscriptionMeta as published } from "../../../contract/dts/connections.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupNotFound } from "../engine/failures.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";
import { subscriptionMetaFields } from "../views/subscription.ts";

export const describeSubscriptionMeta = defineAction(published, (ctx, input) => {
  if (input.SubMigrationJobIds === undefined && input.Topics === undefined) {
    throw serviceError(GATEWAY_ERRORS.Missing, {
      parameter: "SubMigrationJobIds",
      detail: "One of SubMigrationJobIds and Topics is needed.",
    });
  }
  const group = dtsStore(ctx.store).group(input.Sid);
  if (group === undefined) throw groupNotFound(input.Sid, "Sid");
  const job = jobOf(ctx, { ...input, DtsJobId: group.jobId });
  const isMeant =
    input.SubMigrationJobIds?.includes(job.jobId) ||
    (job.configuration !== undefined && input.Topics?.includes(job.configuration.topic));
  return { SubscriptionMetaList: isMeant ? [subscriptionMetaFields(ctx, job, group)] : [] };
});
