import { describeMetricTop as published } from "../../../contract/cms/metric-queries.ts";
import { TOP_RANGE_MINUTES_MAX, TOP_STATISTICS } from "../../../contract/cms/metrics.ts";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import { datapoints } from "../engine/figures.ts";
import { knownMetric } from "../engine/metrics.ts";
import { timeRange } from "../metric-query.ts";

export const describeMetricTop = defineAction(published, (ctx, input) => {
  const metric = knownMetric(ctx, input.Namespace, input.MetricName);
  const periodMs = input.Period * 1000;
  const { fromMs, toMs } = timeRange(input, ctx.clock.now(), periodMs);
  const minutesMax = TOP_RANGE_MINUTES_MAX[input.Period] ?? 0;
  if (toMs - fromMs > minutesMax * 60_000) {
    const detail = `EndTime must be at most ${minutesMax} minutes after StartTime with Period ${input.Period}`;
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
    statistics: [...new Set([...TOP_STATISTICS, ...(metric?.statistics ?? []), input.Orderby])],
  };
  const found = metric ? datapoints(ctx, query, ctx.principal.accountId) : [];
  const sign = input.OrderDesc ? 1 : -1;
  const sorted = found.sort((a, b) => sign * (Number(a[input.Orderby]) - Number(b[input.Orderby])));
  const lines = sorted.slice(0, input.Length).map((point, index) => ({ order: index + 1, ...point }));
  return { Period: String(input.Period), Datapoints: JSON.stringify(lines) };
});
