/*
 * ModifyDtsJob, version 2020-01-01: changes a task's objects, or with ModifyTypeEnum=UPDATE_RESERVED its
 * reserved parameters. ErrMessage is left out of the answer: its published type is a flag, a known mistake.
 * Not done: ETL operators, migrations of structure and data, file sources.
 */
import { z } from "zod";
import { objectsText, oneWayParams, reservedText } from "../../../contract/dts/params.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { clientToken } from "../../../contract/limits/token.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { modifyJob } from "../engine/jobs.ts";
import { oncePerToken } from "../engine/token.ts";
import { jobOf } from "../job-of.ts";

export const modifyDtsJob = defineAction({
  name: "ModifyDtsJob",
  kind: "write",
  summary: "Changes a task's objects or reserved parameters.",
  partial: "ETL operators and the switches of synchronisations are ignored.",
  request: z.object({
    ...oneWayParams,
    DbList: optional(text(objectsText)),
    Reserved: optional(text(reservedText)),
    ClientToken: optional(text(clientToken)),
    ModifyTypeEnum: optional(z.literal("UPDATE_RESERVED", { error: "must be UPDATE_RESERVED" })),
  }),
  handler(ctx, input) {
    const reservedOnly = input.ModifyTypeEnum !== undefined;
    const needed = reservedOnly ? "Reserved" : "DbList";
    if (input[needed] === undefined) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: needed });
    const { ClientToken: token, ...wish } = input;
    const call = { action: "ModifyDtsJob", token, wish };
    const modify = () => {
      const { jobId } = jobOf(ctx, input);
      modifyJob(ctx, jobId, {
        reserved: input.Reserved,
        ...(reservedOnly ? {} : { objects: input.DbList }),
      });
      return jobId;
    };
    return { DtsJobId: ctx.store.transaction(() => oncePerToken(ctx, call, modify)), Status: "200" };
  },
});
