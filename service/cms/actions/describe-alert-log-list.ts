/*
 * DescribeAlertLogList, version 2019-01-01: what alerts were sent in a time of at most 15 days. Rules do not fire yet,
 * so there are none.
 */
import { z } from "zod";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { integer, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { commonParams, pageParams } from "../params.ts";

const rangeMsMax = 15 * 24 * 3600 * 1000;
const time = optional(integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));

export const describeAlertLogList = defineAction({
  name: "DescribeAlertLogList",
  kind: "read",
  summary: "Lists the alerts that were sent.",
  partial: "rules do not fire yet: AlertLogList is empty",
  request: z.object({
    ...commonParams,
    ...pageParams(10, 1000),
    StartTime: time,
    EndTime: time,
    LastMin: optional(integer({ min: 1 })),
    RuleId: optional(text()),
    RuleName: optional(text()),
    ContactGroup: optional(text()),
    Namespace: optional(text()),
    MetricName: optional(text()),
    Product: optional(text()),
    GroupId: optional(text()),
    GroupBy: optional(text()),
    Level: optional(text()),
    EventType: optional(text()),
    SendStatus: optional(text()),
    SearchKey: optional(text()),
    SourceType: optional(text()),
  }),
  handler(_ctx, { StartTime: from, EndTime: to, PageNumber, PageSize }) {
    if ((from === undefined) !== (to === undefined)) refuse("StartTime and EndTime must be sent together");
    if (from !== undefined && to !== undefined && (to < from || to - from > rangeMsMax))
      refuse("EndTime must be at most 15 days after StartTime");
    return { AlertLogList: [], PageNumber, PageSize };
  },
});

function refuse(detail: string): never {
  throw serviceError(CMS_ERRORS.InvalidParameter, { parameter: "EndTime", detail });
}
