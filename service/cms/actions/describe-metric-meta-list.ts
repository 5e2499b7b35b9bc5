import { describeMetricMetaList as published } from "../../../contract/cms/metric-queries.ts";
import {
  METRIC_PERIOD_SECONDS,
  type Metric,
  metricsOf,
  NAMESPACES,
  QUERY_PERIODS_SECONDS,
} from "../../../contract/cms/metrics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { pageOf } from "../views/page.ts";

export const describeMetricMetaList = defineAction(published, (_ctx, input) => {
  const found = NAMESPACES.flatMap((namespace) =>
    (metricsOf(namespace) ?? []).map((metric) => ({ namespace, metric, labels: labelsOf(metric) })),
  )
    .filter(({ namespace }) => input.Namespace === undefined || namespace === input.Namespace)
    .filter(({ metric }) => input.MetricName === undefined || metric.name === input.MetricName)
    .filter((one) =>
      input.Labels.every(({ name, value }) =>
        one.labels.some((label) => label.name === name && label.value === value),
      ),
    );
  const resources = pageOf(found, input.PageNumber, input.PageSize).map(({ namespace, metric, labels }) => ({
    Namespace: namespace,
    MetricName: metric.name,
    Description: metric.title,
    Unit: metric.unit,
    Dimensions: ["userId", ...metric.dimensions].join(","),
    Statistics: metric.statistics.join(","),
    Periods: QUERY_PERIODS_SECONDS.join(","),
    Labels: JSON.stringify(labels),
  }));
  return { Resources: { Resource: resources }, TotalCount: String(found.length) };
});

function labelsOf({ unit, local }: Metric) {
  return [
    { name: "alertEnable", value: "true" },
    { name: "alertUnit", value: unit },
    { name: "minAlertPeriod", value: String(METRIC_PERIOD_SECONDS) },
    ...(local ? [{ name: "local", value: "true" }] : []),
  ];
}
