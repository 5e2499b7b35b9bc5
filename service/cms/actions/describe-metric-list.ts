import { describeMetricList as published } from "../../../contract/cms/metric-queries.ts";
import { serveAction } from "../../core/kit/action.ts";
import { queried } from "../metric-query.ts";

export const describeMetricList = serveAction(published, (ctx, input) => queried(ctx, input, "all"));
