/*
 * ModifyDtsJobPassword, version 2020-01-01: gives the task a new account and password for its source. They are
 * used at the next connection. As published the password must differ from the present one.
 * Not done: Endpoint=dest, which a change tracking task has not.
 */
import { z } from "zod";
import { oneWayParams } from "../../../contract/dts/params.ts";
import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { sourceWord } from "../../../contract/limits/source.ts";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { wrongStatus } from "../engine/failures.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const modifyDtsJobPassword = defineAction({
  name: "ModifyDtsJobPassword",
  kind: "write",
  summary: "Changes the account and password that a task uses at its source.",
  request: z.object({
    ...oneWayParams,
    Endpoint: text(z.literal("src", { error: "must be src: a change tracking task has no destination" })),
    UserName: text(sourceWord),
    Password: text(sourceWord),
  }),
  handler(ctx, input) {
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
  },
});
