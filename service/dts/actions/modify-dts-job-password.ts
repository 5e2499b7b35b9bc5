import { modifyDtsJobPassword as published } from "../../../contract/dts/job-configuration.ts";
import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { wrongStatus } from "../engine/failures.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const modifyDtsJobPassword = defineAction(published, (ctx, input) => {
  const sealedPassword = ctx.vault.seal(input.Password);
  changeJob(ctx, jobOf(ctx, input).jobId, (job) => {
    const { configuration } = job;
    if (!configuration) throw wrongStatus(job, "a configured task");
    const present = configuration.sealedPassword;
    const same = present !== undefined && ctx.vault.open(present) === input.Password;
    if (same && configuration.source.userName === input.UserName) {
      throw serviceError(DTS_ERRORS.UnchangedPassword, { parameter: "Password" });
    }
    const source = { ...configuration.source, userName: input.UserName };
    patchJob(ctx, job, { configuration: { ...configuration, source, sealedPassword } });
  });
  return {};
});
