import { modifyConsumptionTimestamp as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { invalidParameter } from "../engine/failures.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { dataRange } from "../engine/range.ts";
import { subscriptionOf } from "../job-of.ts";
import { utcTextOfSeconds } from "../views/time.ts";

export const modifyConsumptionTimestamp = defineAction(published, (ctx, input) => {
  const seconds = Math.floor(Date.parse(input.ConsumptionTimestamp) / 1000);
  changeJob(ctx, subscriptionOf(ctx, input).jobId, (job) => {
    const range = dataRange(job, ctx.clock);
    if (!range || seconds < range.beginSeconds || seconds > range.endSeconds) {
      const allowed = range
        ? `from ${utcTextOfSeconds(range.beginSeconds)} to ${utcTextOfSeconds(range.endSeconds)}`
        : "none: the task has tracked nothing yet";
      throw invalidParameter(
        "ConsumptionTimestamp",
        `Allowed is ${allowed}; got ${input.ConsumptionTimestamp}.`,
      );
    }
    patchJob(ctx, job, { consumptionCheckpointSeconds: seconds });
  });
  return {};
});
