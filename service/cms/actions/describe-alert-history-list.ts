/*
 * DescribeAlertHistoryList, version 2019-01-01: the older form of the alert log. Rules do not fire yet, so there is
 * nothing in it.
 */
import { z } from "zod";
import { oneOf } from "../../../contract/limits/text.ts";
import { flag, integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { commonParams } from "../params.ts";

const milliseconds = optional(integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));

export const describeAlertHistoryList = defineAction({
  name: "DescribeAlertHistoryList",
  kind: "read",
  summary: "Lists the alerts that were sent, in the older form.",
  partial: "rules do not fire yet: AlarmHistory is empty",
  request: z.object({
    ...commonParams,
    RuleId: optional(text()),
    RuleName: optional(text()),
    Namespace: optional(text()),
    MetricName: optional(text()),
    GroupId: optional(text()),
    State: withDefault(oneOf(["ALARM", "OK"]), "ALARM"),
    Status: withDefault(oneOf(["0", "1", "2"]), "2"),
    Ascending: withDefault(flag(), true),
    StartTime: milliseconds,
    EndTime: milliseconds,
    Page: withDefault(integer({ min: 1 }), 1),
    PageSize: withDefault(integer({ min: 1, max: 1000 }), 10),
  }),
  handler: () => ({ AlarmHistoryList: { AlarmHistory: [] }, Total: "0" }),
});
