import { z } from "zod";
import { METRIC_PERIOD_SECONDS, QUERY_PERIODS_SECONDS } from "../../contract/cms/metrics.ts";
import { CMS_ERRORS, serviceError } from "../../contract/errors/index.ts";
import { shown } from "../../contract/limits/message.ts";
import { refuse } from "../../contract/limits/text.ts";
import { integer, optional, text, withDefault } from "../../contract/params.ts";
import type { CallContext } from "../core/kit/action.ts";
import { datapoints, lastOfEach } from "./engine/figures.ts";
import { knownMetric } from "./engine/metrics.ts";
import { commonParams, digits, resourcesParam } from "./params.ts";

/** As published. */
const resourcesMax = 50;
export const lengthMax = 1440;
const hourMs = 3_600_000;
/** Where no time is sent. */
const defaultRangeMs = hourMs;

/** Milliseconds, or a UTC time as `2026-01-31T10:00:00Z` or `2026-01-31 10:00:00`. */
export const metricTime = text(
  z.string().transform((value, ctx) => {
    if (/^\d{1,15}$/.test(value)) return Number(value);
    const form = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)Z?$/.exec(value);
    const ms = form ? Date.parse(`${form[1]}T${form[2]}Z`) : Number.NaN;
    if (Number.isFinite(ms)) return ms;
    refuse(ctx, `must be milliseconds or a time as 2026-01-31T10:00:00Z, got ${shown(value)}`);
    return z.NEVER;
  }),
);

const period = digits(
  z.number().refine((value) => (QUERY_PERIODS_SECONDS as readonly number[]).includes(value), {
    error: `must be one of ${QUERY_PERIODS_SECONDS.join(", ")}`,
  }),
);

const tokenForm = /^page-(\d{1,12})$/;
const nextToken = text(
  z.string().transform((value, ctx) => {
    const form = tokenForm.exec(Buffer.from(value, "base64url").toString());
    if (form) return Number(form[1]);
    refuse(ctx, "must be a NextToken of this query");
    return z.NEVER;
  }),
);

/** JSON text of one resource or a list. */
export const queriedResources = optional(resourcesParam(resourcesMax, true));

/** Request of DescribeMetricList and DescribeMetricLast. */
export const metricRequest = z.object({
  ...commonParams,
  Namespace: text(),
  MetricName: text(),
  Dimensions: queriedResources,
  StartTime: optional(metricTime),
  EndTime: optional(metricTime),
  Period: withDefault(period, METRIC_PERIOD_SECONDS),
  Length: withDefault(integer({ min: 1, max: lengthMax }), 1000),
  NextToken: withDefault(nextToken, 0),
  Express: optional(text()),
});

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

/** The answer of both. */
export function queried(ctx: CallContext, input: z.output<typeof metricRequest>, which: "all" | "last") {
  const metric = knownMetric(ctx, input.Namespace, input.MetricName);
  const { fromMs, toMs } = timeRange(input, ctx.clock.now(), defaultRangeMs);
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
  const end = input.NextToken + input.Length;
  return {
    Period: String(input.Period),
    Datapoints: JSON.stringify(wanted.slice(input.NextToken, end)),
    ...(end < wanted.length ? { NextToken: Buffer.from(`page-${end}`).toString("base64url") } : {}),
  };
}
