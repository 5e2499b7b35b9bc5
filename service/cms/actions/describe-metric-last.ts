import { describeMetricLast as published } from "../../../contract/cms/metric-queries.ts";
import { serveAction } from "../../core/kit/action.ts";
import { queried } from "../metric-query.ts";

export const describeMetricLast = serveAction(published, (ctx, input) => queried(ctx, input, "last"));
