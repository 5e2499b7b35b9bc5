import { describeJobMonitorRule as published } from "../../../contract/dts/monitoring.ts";
import { defineAction } from "../../core/kit/action.ts";
import type { MonitorRule } from "../entities.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";

export const describeJobMonitorRule = defineAction(published, (ctx, input) => {
  const { jobId, configuration } = jobOf(ctx, input);
  return {
    DtsJobId: jobId,
    MonitorRules: dtsStore(ctx.store).rules(jobId).map(ruleFields),
    Topics: configuration === undefined ? [] : [configuration.topic],
  };
});

function ruleFields(rule: MonitorRule) {
  return {
    ...(rule.delaySeconds === undefined ? {} : { DelayRuleTime: rule.delaySeconds }),
    JobId: rule.jobId,
    JobType: "normal",
    ...(rule.noticeValue === undefined ? {} : { NoticeValue: rule.noticeValue }),
    ...(rule.periodMinutes === undefined ? {} : { Period: rule.periodMinutes }),
    Phone: rule.phone,
    State: rule.state,
    ...(rule.times === undefined ? {} : { Times: rule.times }),
    Type: rule.type,
  };
}
