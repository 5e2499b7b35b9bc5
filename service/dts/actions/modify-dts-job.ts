import { modifyDtsJob as published } from "../../../contract/dts/job-configuration.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { modifyJob } from "../engine/jobs.ts";
import { oncePerToken } from "../engine/token.ts";
import { jobOf } from "../job-of.ts";

export const modifyDtsJob = defineAction(published, (ctx, input) => {
  const reservedOnly = input.ModifyTypeEnum !== undefined;
  const needed = reservedOnly ? "Reserved" : "DbList";
  if (input[needed] === undefined) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: needed });
  const { ClientToken: token, ...request } = input;
  const call = { action: "ModifyDtsJob", token, request };
  const modify = () => {
    const { jobId } = jobOf(ctx, input);
    modifyJob(ctx, jobId, {
      reserved: input.Reserved,
      ...(reservedOnly ? {} : { objects: input.DbList }),
    });
    return jobId;
  };
  return { DtsJobId: ctx.store.transaction(() => oncePerToken(ctx, call, modify)), Status: "200" };
});
