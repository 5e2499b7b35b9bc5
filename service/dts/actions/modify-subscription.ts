/*
 * ModifySubscription, version 2020-01-01: changes a task's objects and data types. A running task is
 * Modifying for a moment, then Normal again; its groups and offsets stay.
 * Published texts: https://www.alibabacloud.com/help/en/data-transmission-service/latest/modifysubscription
 */
import { z } from "zod";
import { jobParams, objectsText, reservedText } from "../../../contract/dts/params.ts";
import { flag, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { modifyJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const modifySubscription = defineAction({
  name: "ModifySubscription",
  kind: "write",
  summary: "Changes a task's objects and data types.",
  request: z.object({
    ...jobParams,
    DbList: optional(text(objectsText)),
    Reserved: optional(text(reservedText)),
    SubscriptionDataTypeDDL: optional(flag()),
    SubscriptionDataTypeDML: optional(flag()),
  }),
  handler(ctx, input) {
    modifyJob(ctx, jobOf(ctx, input).jobId, {
      objects: input.DbList,
      reserved: input.Reserved,
      ddl: input.SubscriptionDataTypeDDL,
      dml: input.SubscriptionDataTypeDML,
    });
    return {};
  },
});
