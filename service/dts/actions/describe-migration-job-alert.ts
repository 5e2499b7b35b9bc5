import { describeMigrationJobAlert as published } from "../../../contract/dts/monitoring.ts";
import { defineAction } from "../../core/kit/action.ts";
import type { MonitorRule } from "../entities.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";

export const describeMigrationJobAlert = defineAction(published, (ctx, input) => {
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
});

function statusOf(rule: MonitorRule | undefined): "enable" | "disable" {
  return rule?.state === "Y" ? "enable" : "disable";
}
