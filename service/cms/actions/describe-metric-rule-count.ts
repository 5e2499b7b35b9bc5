import { describeMetricRuleCount as published } from "../../../contract/cms/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { cmsStore } from "../store.ts";

export const describeMetricRuleCount = defineAction(published, (ctx, input) => {
  const { Namespace: namespace, MetricName: metric } = input;
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
});
