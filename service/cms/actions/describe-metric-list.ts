/*
 * DescribeMetricList, version 2019-01-01: the datapoints of a metric in a time, of the last hour where no time is sent. Datapoints is JSON text;
 * it is empty while no data plane offers figures.
 */
import { defineAction } from "../../core/kit/action.ts";
import { metricRequest, queried } from "../metric-params.ts";

export const describeMetricList = defineAction({
  name: "DescribeMetricList",
  kind: "read",
  summary: "Shows the datapoints of a metric.",
  partial: "only figures that a data plane offers; Express is taken and has no effect",
  request: metricRequest,
  handler: (ctx, input) => queried(ctx, input, "all"),
});
