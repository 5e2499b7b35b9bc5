/*
 * DescribeMetricTop, version 2019-01-01: the datapoints of the last period of a time, in order of a statistic.
 * Published so: OrderDesc=True is ascending, and the default is descending.
 */
import { z } from "zod";
import type { Statistic } from "../../../contract/cms/metrics.ts";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { flag, integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { datapoints } from "../engine/figures.ts";
import { knownMetric } from "../engine/metrics.ts";
import { lengthMax, metricTime, queriedResources, timeRange } from "../metric-params.ts";
import { commonParams, digits } from "../params.ts";

const orders = ["Average", "Minimum", "Maximum"] as const satisfies readonly Statistic[];
const minutesMs = 60_000;
/** As published: the longest time by period in seconds. */
const rangeMsMax: Readonly<Record<number, number>> = {
  15: 20 * minutesMs,
  60: 120 * minutesMs,
  900: 120 * minutesMs,
  3600: 2 * 24 * 60 * minutesMs,
};
const periods = Object.keys(rangeMsMax).map(Number);
const period = digits(
  z.number().refine((value) => periods.includes(value), { error: `must be one of ${periods.join(", ")}` }),
);

export const describeMetricTop = defineAction({
  name: "DescribeMetricTop",
  kind: "read",
  summary: "Shows the newest datapoints of a metric, sorted.",
  partial: "only figures that a data plane offers; Express is taken and has no effect",
  request: z.object({
    ...commonParams,
    Namespace: text(),
    MetricName: text(),
    Orderby: text(oneOf([...orders, "Sum", "Value"])),
    OrderDesc: withDefault(flag(), false),
    Dimensions: queriedResources,
    StartTime: optional(metricTime),
    EndTime: optional(metricTime),
    Period: withDefault(period, 60),
    Length: withDefault(integer({ min: 1, max: lengthMax }), 10),
    Express: optional(text()),
  }),
  handler(ctx, input) {
    const metric = knownMetric(ctx, input.Namespace, input.MetricName);
    const periodMs = input.Period * 1000;
    const { fromMs, toMs } = timeRange(input, ctx.clock.now(), periodMs);
    const msMax = rangeMsMax[input.Period] ?? periodMs;
    if (toMs - fromMs > msMax) {
      const detail = `EndTime must be at most ${msMax / minutesMs} minutes after StartTime with Period ${input.Period}`;
      throw serviceError(CMS_ERRORS.InvalidParameter, { parameter: "EndTime", detail });
    }
    const query = {
      namespace: input.Namespace,
      metric: input.MetricName,
      // Of the time only its last period counts.
      fromMs: Math.max(fromMs, toMs - periodMs),
      toMs,
      periodSeconds: input.Period,
      resources: input.Dimensions?.list ?? [],
      statistics: [...new Set([...orders, ...(metric?.statistics ?? []), input.Orderby])],
    };
    const found = metric ? datapoints(ctx, query, ctx.principal.accountId) : [];
    const sign = input.OrderDesc ? 1 : -1;
    const sorted = found.sort((a, b) => sign * (Number(a[input.Orderby]) - Number(b[input.Orderby])));
    const lines = sorted.slice(0, input.Length).map((point, index) => ({ order: index + 1, ...point }));
    // Published without Success.
    return { Success: undefined, Period: String(input.Period), Datapoints: JSON.stringify(lines) };
  },
});
