import { describeMetricLast as published } from "../../../contract/cms/metric-queries.ts";
import { defineAction } from "../../core/kit/action.ts";
import { queried } from "../metric-query.ts";

export const describeMetricLast = defineAction(published, (ctx, input) => queried(ctx, input, "last"));
