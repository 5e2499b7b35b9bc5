import type { Action, UnservedAction } from "../action.ts";
import * as contacts from "./contacts.ts";
import * as history from "./history.ts";
import * as metricQueries from "./metric-queries.ts";
import * as rules from "./rules.ts";
import * as tags from "./tags.ts";
import * as targets from "./targets.ts";

/** Every action of CloudMonitor, version 2019-01-01, that the local service does. */
export const CMS_ACTIONS: readonly Action[] = [
  ...Object.values(rules),
  ...Object.values(targets),
  ...Object.values(contacts),
  ...Object.values(metricQueries),
  ...Object.values(history),
  ...Object.values(tags),
];

/** Published, and not served here. */
export const CMS_NOT_SERVED: readonly UnservedAction[] = [
  "DeleteMetricRuleResources",
  "DescribeActiveMetricRuleList",
  "DescribeAlertLogCount",
  "DescribeAlertLogHistogram",
  "DescribeAlertingMetricRuleResources",
  "DescribeCustomMetricList",
  "DescribeMetricData",
  "DisableActiveMetricRule",
  "EnableActiveMetricRule",
  "OpenCmsService",
  "PutCustomMetric",
  "PutCustomMetricRule",
].map((name) => ({ name }));
