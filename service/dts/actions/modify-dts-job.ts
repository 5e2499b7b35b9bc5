/*
 * ModifyDtsJob, version 2020-01-01: changes a task's objects, or with ModifyTypeEnum=UPDATE_RESERVED its
 * reserved parameters. ErrMessage is left out of the answer: its published type is a flag, a known mistake.
 * Not done: ETL operators, migrations of structure and data, file sources.
 */
import { z } from "zod";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/action.ts";
import { optional, text } from "../../core/params.ts";
import { modifyJob } from "../engine/jobs.ts";
import { jobOf, jobParams, objectsText, reservedText } from "../params.ts";

export const modifyDtsJob = defineAction({
  name: "ModifyDtsJob",
  kind: "write",
  summary: "Changes a task's objects or reserved parameters.",
  partial: "ETL operators and the switches of synchronisations are ignored.",
  request: z.object({
    ...jobParams,
    DbList: optional(text(objectsText)),
    Reserved: optional(text(reservedText)),
    ModifyTypeEnum: optional(z.literal("UPDATE_RESERVED", { error: "must be UPDATE_RESERVED" })),
  }),
  handler(ctx, input) {
    const reservedOnly = input.ModifyTypeEnum !== undefined;
    const needed = reservedOnly ? "Reserved" : "DbList";
    if (input[needed] === undefined) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: needed });
    const job = jobOf(ctx, input);
    modifyJob(ctx, job.jobId, {
      reserved: input.Reserved,
      ...(reservedOnly ? {} : { objects: input.DbList }),
    });
    return { DtsJobId: job.jobId, Status: "200" };
  },
});
