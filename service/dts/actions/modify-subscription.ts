import { modifySubscription as published } from "../../../contract/dts/job-configuration.ts";
import { serveAction } from "../../core/kit/action.ts";
import { modifyJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const modifySubscription = serveAction(published, (ctx, input) => {
  modifyJob(ctx, jobOf(ctx, input).jobId, {
    objects: input.DbList,
    reserved: input.Reserved,
    ddl: input.SubscriptionDataTypeDDL,
    dml: input.SubscriptionDataTypeDML,
  });
  return {};
});
