import { z } from "zod";
import { shown } from "../limits/message.ts";
import { oneOf, refuse } from "../limits/text.ts";
import { once } from "../once.ts";
import { flag, integer, jsonText, optional, text, withDefault } from "../params.ts";
import { cmsAction, outcome } from "./actions-of.ts";
import {
  METRIC_PERIOD_SECONDS,
  QUERY_PERIODS_SECONDS,
  TOP_RANGE_MINUTES_MAX,
  TOP_STATISTICS,
} from "./metrics.ts";
import { commonParams, digits, pageParams, queriedResources } from "./params.ts";

/** Which metrics there are, and their datapoints. Datapoints is JSON text; it is empty while no data plane offers figures. */

/** Milliseconds, or a UTC time as `2026-01-31T10:00:00Z` or `2026-01-31 10:00:00`. */
const time = once(() =>
  text(
    z.string().transform((value, ctx) => {
      if (/^\d{1,15}$/.test(value)) return Number(value);
      const form = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)Z?$/.exec(value);
      const ms = form ? Date.parse(`${form[1]}T${form[2]}Z`) : Number.NaN;
      if (Number.isFinite(ms)) return ms;
      refuse(ctx, `must be milliseconds or a time as 2026-01-31T10:00:00Z, got ${shown(value)}`);
      return z.NEVER;
    }),
  ),
);

const periodOf = (seconds: readonly number[]) =>
  digits(
    z.number().refine((value) => seconds.includes(value), { error: `must be one of ${seconds.join(", ")}` }),
  );

const TOKEN_FORM = /^page-(\d{1,12})$/;
const nextToken = once(() =>
  text(
    z.string().transform((value, ctx) => {
      const form = TOKEN_FORM.exec(Buffer.from(value, "base64url").toString());
      if (form) return Number(form[1]);
      refuse(ctx, "must be a NextToken of this query");
      return z.NEVER;
    }),
  ),
);

const queryParams = once(() => ({
  ...commonParams(),
  Namespace: text(),
  MetricName: text(),
  Dimensions: queriedResources(),
  StartTime: optional(time()),
  EndTime: optional(time()),
  Express: optional(text()),
}));
const length = once(() => integer({ min: 1, max: 1440 }));
const coverage = { missing: "only figures that a data plane offers; Express is taken and has no effect" };

/** DescribeMetricList and DescribeMetricLast. Of the last hour where no time is sent. */
const query = {
  kind: "read",
  coverage,
  testedBy: ["test/service/cms/clients.test.ts", "test/service/cms/further.test.ts"],
  request: () =>
    z.object({
      ...queryParams(),
      Period: withDefault(periodOf(QUERY_PERIODS_SECONDS), METRIC_PERIOD_SECONDS),
      Length: withDefault(length(), 1000),
      NextToken: withDefault(nextToken(), 0),
    }),
  answer: { ...outcome, Datapoints: "string", NextToken: "string", Period: "string" },
} as const;

export const describeMetricList = cmsAction({
  ...query,
  name: "DescribeMetricList",
  summary: "Shows the datapoints of a metric.",
});

export const describeMetricLast = cmsAction({
  ...query,
  name: "DescribeMetricLast",
  summary: "Shows the newest datapoint of each resource.",
});

/**
 * Of the last period of a time. Published so: OrderDesc=True is ascending, the default is descending, and there is no
 * Success.
 */
export const describeMetricTop = cmsAction({
  name: "DescribeMetricTop",
  kind: "read",
  summary: "Shows the newest datapoints of a metric, sorted.",
  coverage,
  testedBy: ["test/service/cms/clients.test.ts", "test/service/cms/more-actions.test.ts"],
  request: () =>
    z.object({
      ...queryParams(),
      Orderby: text(oneOf([...TOP_STATISTICS, "Sum", "Value"])),
      OrderDesc: withDefault(flag(), false),
      Period: withDefault(periodOf(Object.keys(TOP_RANGE_MINUTES_MAX).map(Number)), METRIC_PERIOD_SECONDS),
      Length: withDefault(length(), 10),
    }),
  answer: {
    Code: "string",
    Datapoints: "string",
    Message: "string",
    Period: "string",
    RequestId: "string",
  },
});

/** Metrics whose name is of this project, because none is published, have the label `local`. */
export const describeMetricMetaList = cmsAction({
  name: "DescribeMetricMetaList",
  kind: "read",
  summary: "Lists the metrics that can be watched.",
  coverage: { missing: "only the products served here" },
  testedBy: ["test/service/cms/clients.test.ts"],
  request: () =>
    z.object({
      ...pageParams(30, 1000),
      Namespace: optional(text()),
      MetricName: optional(text()),
      Labels: withDefault(jsonText(z.array(z.object({ name: z.string(), value: z.string() }))), []),
    }),
  answer: {
    ...outcome,
    Resources: {
      Resource: [
        {
          Description: "string",
          Dimensions: "string",
          Labels: "string",
          MetricName: "string",
          Namespace: "string",
          Periods: "string",
          Statistics: "string",
          Unit: "string",
        },
      ],
    },
    TotalCount: "string",
  },
});

export const describeProjectMeta = cmsAction({
  name: "DescribeProjectMeta",
  kind: "read",
  summary: "Lists the products that can be watched.",
  coverage: { missing: "only the products served here; Labels is taken and has no effect" },
  testedBy: ["test/service/cms/clients.test.ts"],
  request: () => z.object({ ...pageParams(30, 1000), Labels: optional(text()) }),
  answer: {
    ...outcome,
    PageNumber: "string",
    PageSize: "string",
    Resources: { Resource: [{ Description: "string", Labels: "string", Namespace: "string" }] },
    Total: "string",
  },
});
