/*
 * ModifyConsumptionTimestamp, version 2020-01-01, older family: sets where consumption goes on. The time must
 * lie in the data range, BeginTimestamp to EndTimestamp.
 */
import { z } from "zod";
import { subscriptionParams } from "../../../contract/dts/params.ts";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { invalidParameter } from "../engine/failures.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { dataRange } from "../engine/range.ts";
import { subscriptionOf } from "../job-of.ts";
import { utcTextOfSeconds } from "../views/time.ts";

const utcTime = z
  .string()
  .refine((value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value)), {
    error: "must be a time such as 2019-10-15T17:20:03Z",
  });

export const modifyConsumptionTimestamp = defineAction({
  name: "ModifyConsumptionTimestamp",
  kind: "write",
  summary: "Older family: sets where consumption goes on.",
  request: z.object({ ...subscriptionParams, ConsumptionTimestamp: text(utcTime) }),
  handler(ctx, input) {
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
  },
});
