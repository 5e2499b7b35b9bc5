import { describeMetricRuleList as published } from "../../../contract/cms/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { cmsStore } from "../store.ts";
import { pageOf } from "../views/page.ts";
import { isWatched, ruleFields } from "../views/rule.ts";

export const describeMetricRuleList = defineAction(published, (ctx, input) => {
  const { RuleIds: ids, Dimensions: watched } = input;
  const found = cmsStore(ctx.store)
    .rules.all()
    .filter((rule) => input.GroupId === undefined && (ids === undefined || ids.includes(rule.ruleId)))
    .filter((rule) => input.RuleName === undefined || rule.name.includes(input.RuleName))
    .filter((rule) => input.Namespace === undefined || rule.namespace === input.Namespace)
    .filter((rule) => input.MetricName === undefined || rule.metric === input.MetricName)
    .filter((rule) => input.AlertState === undefined || rule.state === input.AlertState)
    .filter((rule) => input.EnableState === undefined || rule.enabled === input.EnableState)
    .filter((rule) => watched === undefined || watched.list.some((one) => isWatched(rule, one)));
  return {
    Total: String(found.length),
    Alarms: { Alarm: pageOf(found, input.Page, input.PageSize).map((rule) => ruleFields(ctx, rule)) },
  };
});
