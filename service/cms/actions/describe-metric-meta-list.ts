/*
 * DescribeMetricMetaList, version 2019-01-01: what can be watched here. Metrics whose name is of this project, because
 * none is published, have the label `local`.
 */
import { z } from "zod";
import {
  METRIC_PERIOD_SECONDS,
  type Metric,
  metricsOf,
  NAMESPACES,
  QUERY_PERIODS_SECONDS,
} from "../../../contract/cms/metrics.ts";
import { jsonText, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { pageParams } from "../params.ts";
import { pageOf } from "../views/page.ts";

const labels = withDefault(jsonText(z.array(z.object({ name: z.string(), value: z.string() }))), []);

export const describeMetricMetaList = defineAction({
  name: "DescribeMetricMetaList",
  kind: "read",
  summary: "Lists the metrics that can be watched.",
  partial: "only the products served here",
  request: z.object({
    ...pageParams(30, 1000),
    Namespace: optional(text()),
    MetricName: optional(text()),
    Labels: labels,
  }),
  handler(_ctx, input) {
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
    const resources = pageOf(found, input.PageNumber, input.PageSize).map(
      ({ namespace, metric, labels: own }) => ({
        Namespace: namespace,
        MetricName: metric.name,
        Description: metric.title,
        Unit: metric.unit,
        Dimensions: ["userId", ...metric.dimensions].join(","),
        Statistics: metric.statistics.join(","),
        Periods: QUERY_PERIODS_SECONDS.join(","),
        Labels: JSON.stringify(own),
      }),
    );
    return { Resources: { Resource: resources }, TotalCount: String(found.length) };
  },
});

function labelsOf({ unit, local }: Metric) {
  return [
    { name: "alertEnable", value: "true" },
    { name: "alertUnit", value: unit },
    { name: "minAlertPeriod", value: String(METRIC_PERIOD_SECONDS) },
    ...(local ? [{ name: "local", value: "true" }] : []),
  ];
}
