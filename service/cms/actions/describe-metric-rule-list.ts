/*
 * DescribeMetricRuleList, version 2019-01-01: alert rules, oldest first. Published with Code as a number and Total as
 * a text; the page is called Page. RuleName is part of a name, the other filters are whole.
 */
import { z } from "zod";
import { csv, flag, integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { commonParams, resourcesParam } from "../params.ts";
import { cmsStore } from "../store.ts";
import { pageOf } from "../views/page.ts";
import { isWatched, ruleFields } from "../views/rule.ts";

const states = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"], {
  error: "must be OK, ALARM or INSUFFICIENT_DATA",
});

export const describeMetricRuleList = defineAction({
  name: "DescribeMetricRuleList",
  kind: "read",
  summary: "Lists alert rules.",
  partial:
    "no application groups: with GroupId the list is empty, no GroupName; no PreCondition, ProductCategory",
  request: z.object({
    ...commonParams,
    RuleIds: optional(csv({ min: 1, max: 20 })),
    RuleName: optional(text()),
    Namespace: optional(text()),
    MetricName: optional(text()),
    AlertState: optional(states),
    EnableState: optional(flag()),
    Dimensions: optional(resourcesParam(50, true)),
    GroupId: optional(text()),
    Page: withDefault(integer({ min: 1 }), 1),
    PageSize: withDefault(integer({ min: 1, max: 1000 }), 10),
  }),
  handler(ctx, input) {
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
      Code: 200,
      Total: String(found.length),
      Alarms: { Alarm: pageOf(found, input.Page, input.PageSize).map((rule) => ruleFields(ctx, rule)) },
    };
  },
});
