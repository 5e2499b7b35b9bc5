/*
 * DescribeSubscriptionMeta, version 2020-01-01: where the subtasks of a task are read from by one consumer group.
 * A distributed task has a subtask for each database behind it; a task here has one, which is itself.
 */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { parseJson } from "../../../contract/limits/shape.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupNotFound } from "../engine/failures.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";
import { subscriptionMetaFields } from "../views/subscription.ts";

/** Texts joined by commas, or the JSON text of a list or an object that holds them. */
const names = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value),
  text().transform((given): readonly string[] => {
    const parsed = parseJson(given);
    if (!("value" in parsed) || typeof parsed.value !== "object" || parsed.value === null)
      return splitNames(given);
    return Object.entries(parsed.value).flatMap(([key, value]) => [key, ...splitNames(String(value))]);
  }),
);

function splitNames(joined: string): string[] {
  return joined.split(",").map((name) => name.trim());
}

export const describeSubscriptionMeta = defineAction({
  name: "DescribeSubscriptionMeta",
  kind: "read",
  summary: "Says where a consumer group reads the subtasks of a task.",
  partial: "no task is distributed: its one subtask is the task itself",
  request: z.object({
    ...commonParams,
    DtsInstanceId: optional(text()),
    Sid: text(),
    SubMigrationJobIds: optional(names),
    Topics: optional(names),
  }),
  handler(ctx, input) {
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
  },
});
