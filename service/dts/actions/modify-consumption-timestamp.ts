import { modifyConsumptionTimestamp as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { moveGroups } from "../engine/consumption.ts";
import { invalidParameter } from "../engine/failures.ts";
import { dataRange } from "../engine/range.ts";
import { subscriptionOf } from "../job-of.ts";
import { utcTextOfSeconds } from "../views/time.ts";

/** Clients that are connected go on where they are, until they start again. */
export const modifyConsumptionTimestamp = defineAction(published, async (ctx, input) => {
  const seconds = Math.floor(Date.parse(input.ConsumptionTimestamp) / 1000);
  const job = subscriptionOf(ctx, input);
  const range = dataRange(ctx, job);
  if (!range || seconds < range.beginSeconds || seconds > range.endSeconds) {
    const allowed = range
      ? `from ${utcTextOfSeconds(range.beginSeconds)} to ${utcTextOfSeconds(range.endSeconds)}`
      : "none: the task has tracked nothing yet";
    throw invalidParameter(
      "ConsumptionTimestamp",
      `Allowed is ${allowed}; got ${input.ConsumptionTimestamp}.`,
    );
  }
  await moveGroups(ctx, job, seconds);
  return {};
});
