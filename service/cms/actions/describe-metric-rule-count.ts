/* DescribeMetricRuleCount, version 2019-01-01: how many rules are in each state; a disabled one counts as such only. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { commonParams } from "../params.ts";
import { cmsStore } from "../store.ts";

export const describeMetricRuleCount = defineAction({
  name: "DescribeMetricRuleCount",
  kind: "read",
  summary: "Counts alert rules by state.",
  request: z.object({ ...commonParams, Namespace: optional(text()), MetricName: optional(text()) }),
  handler(ctx, { Namespace: namespace, MetricName: metric }) {
    const all = cmsStore(ctx.store)
      .rules.all()
      .filter((rule) => namespace === undefined || rule.namespace === namespace)
      .filter((rule) => metric === undefined || rule.metric === metric);
    const count = (state: string) => all.filter((rule) => rule.enabled && rule.state === state).length;
    return {
      MetricRuleCount: {
        Total: all.length,
        Disable: all.filter((rule) => !rule.enabled).length,
        Ok: count("OK"),
        Alarm: count("ALARM"),
        Nodata: count("INSUFFICIENT_DATA"),
      },
    };
  },
});
