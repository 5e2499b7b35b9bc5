import { modifySubscription as published } from "../../../contract/dts/job-configuration.ts";
import { defineAction } from "../../core/kit/action.ts";
import { modifyJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const modifySubscription = defineAction(published, (ctx, input) => {
  modifyJob(ctx, jobOf(ctx, input).jobId, {
    objects: input.DbList,
    reserved: input.Reserved,
    ddl: input.SubscriptionDataTypeDDL,
    dml: input.SubscriptionDataTypeDML,
  });
  return {};
});
