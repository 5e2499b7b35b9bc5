/*
 * DescribeMetricLast, version 2019-01-01: the newest datapoint of each resource, of the last hour where no time is sent. Datapoints is JSON text;
 * it is empty while no data plane offers figures.
 */
import { defineAction } from "../../core/kit/action.ts";
import { metricRequest, queried } from "../metric-params.ts";

export const describeMetricLast = defineAction({
  name: "DescribeMetricLast",
  kind: "read",
  summary: "Shows the newest datapoint of each resource.",
  partial: "only figures that a data plane offers; Express is taken and has no effect",
  request: metricRequest,
  handler: (ctx, input) => queried(ctx, input, "last"),
});
