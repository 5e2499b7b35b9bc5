/* DescribeMigrationJobAlert, version 2020-01-01: the alert settings of an instance, as its rules say. */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { clientToken } from "../../../contract/limits/token.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import type { MonitorRule } from "../entities.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";

export const describeMigrationJobAlert = defineAction({
  name: "DescribeMigrationJobAlert",
  kind: "read",
  summary: "Reads the alert settings of an instance.",
  partial: "there are no migrations: MigrationJobId is the id of a change tracking instance",
  request: z.object({
    ...commonParams,
    AccountId: optional(text()),
    ClientToken: optional(text(clientToken)),
    MigrationJobId: text(),
  }),
  handler(ctx, input) {
    const job = jobOf(ctx, { RegionId: input.RegionId, DtsInstanceId: input.MigrationJobId });
    const rules = dtsStore(ctx.store).rules(job.jobId);
    const delay = rules.find(({ type }) => type === "delay");
    const failure = rules.find(({ type }) => type === "error");
    return {
      DelayAlertPhone: delay?.phone ?? "",
      DelayAlertStatus: statusOf(delay),
      DelayOverSeconds: String(delay?.delaySeconds ?? 0),
      ErrorAlertPhone: failure?.phone ?? "",
      ErrorAlertStatus: statusOf(failure),
      MigrationJobId: job.instanceId,
      MigrationJobName: job.name,
    };
  },
});

function statusOf(rule: MonitorRule | undefined): "enable" | "disable" {
  return rule?.state === "Y" ? "enable" : "disable";
}
