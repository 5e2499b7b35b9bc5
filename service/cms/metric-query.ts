import type { InputOf } from "../../contract/action.ts";
import type { describeMetricList } from "../../contract/cms/metric-queries.ts";
import { CMS_ERRORS, serviceError } from "../../contract/errors/index.ts";
import type { CallContext } from "../core/kit/action.ts";
import { tokenPage } from "../core/kit/token-page.ts";
import { datapoints, lastOfEach } from "./engine/figures.ts";
import { knownMetric } from "./engine/metrics.ts";

const HOUR_MS = 3_600_000;

/** Of what is not sent: until now, and the time before it. Throws where the start is not before the end. */
export function timeRange(
  input: { readonly StartTime?: number | undefined; readonly EndTime?: number | undefined },
  nowMs: number,
  defaultMs: number,
): { fromMs: number; toMs: number } {
  const toMs = input.EndTime ?? nowMs;
  const fromMs = input.StartTime ?? toMs - defaultMs;
  if (fromMs < toMs) return { fromMs, toMs };
  throw serviceError(CMS_ERRORS.InvalidParameter, {
    parameter: "StartTime",
    detail: "StartTime must be before EndTime",
  });
}

/** The answer of DescribeMetricList and DescribeMetricLast. */
export function queried(ctx: CallContext, input: InputOf<typeof describeMetricList>, which: "all" | "last") {
  const metric = knownMetric(ctx, input.Namespace, input.MetricName);
  const { fromMs, toMs } = timeRange(input, ctx.clock.now(), HOUR_MS);
  const query = {
    namespace: input.Namespace,
    metric: input.MetricName,
    fromMs,
    toMs,
    periodSeconds: input.Period,
    resources: input.Dimensions?.list ?? [],
    statistics: metric?.statistics ?? [],
  };
  const found = metric ? datapoints(ctx, query, ctx.principal.accountId) : [];
  const wanted = which === "all" ? found : lastOfEach(found, metric?.dimensions ?? []);
  const { items, next } = tokenPage(wanted, input.NextToken, input.Length);
  return {
    Period: String(input.Period),
    Datapoints: JSON.stringify(items),
    NextToken: next && Buffer.from(`page-${next}`).toString("base64url"),
  };
}
