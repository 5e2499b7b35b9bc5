import { z } from "zod";
import { oneOf } from "../limits/text.ts";
import { once } from "../once.ts";
import { flag, integer, optional, text, withDefault } from "../params.ts";
import { cmsAction, outcome } from "./actions-of.ts";
import { commonParams, pageParams } from "./params.ts";

/** What alerts were sent. Rules do not fire yet, so there are none. */

const timeMs = once(() => optional(integer({ min: 0, max: Number.MAX_SAFE_INTEGER })));

/** Of at most 15 days. */
export const describeAlertLogList = cmsAction({
  name: "DescribeAlertLogList",
  kind: "read",
  summary: "Lists the alerts that were sent.",
  coverage: { missing: "rules do not fire yet: AlertLogList is empty" },
  testedBy: ["test/service/cms/clients.test.ts", "test/service/cms/further.test.ts"],
  request: () =>
    z.object({
      ...commonParams(),
      ...pageParams(10, 1000),
      StartTime: timeMs(),
      EndTime: timeMs(),
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
  answer: {
    ...outcome,
    AlertLogList: [
      {
        AlertTime: "string",
        BlackListDetail: "string",
        BlackListName: "string",
        BlackListUUID: "string",
        ContactALIIWWList: ["string"],
        ContactDingList: ["string"],
        ContactGroups: ["string"],
        ContactMailList: ["string"],
        ContactOnCallList: ["string"],
        ContactSMSList: ["string"],
        Dimensions: [{ Key: "string", Value: "string" }],
        DingdingWebhookList: ["string"],
        Escalation: { Expression: "string", Level: "string", Times: "integer" },
        EventName: "string",
        ExtendedInfo: [{ Name: "string", Value: "string" }],
        GroupId: "string",
        GroupName: "string",
        InstanceId: "string",
        InstanceName: "string",
        Level: "string",
        LevelChange: "string",
        LogId: "string",
        Message: "string",
        MetricName: "string",
        Namespace: "string",
        Product: "string",
        RuleId: "string",
        RuleName: "string",
        SendDetail: {
          ChannelResultList: [
            {
              Channel: "string",
              ResultList: [
                {
                  Code: "string",
                  Detail: "string",
                  RequestId: "string",
                  Success: "boolean",
                  notifyTargetList: ["string"],
                },
              ],
            },
          ],
          ResultCode: "string",
        },
        SendResultList: [{ Key: "string", Value: ["string"] }],
        SendStatus: "string",
        WebhookList: [{ code: "string", message: "string", url: "string" }],
      },
    ],
    PageNumber: "integer",
    PageSize: "integer",
  },
});

/** The older form of the log. */
export const describeAlertHistoryList = cmsAction({
  name: "DescribeAlertHistoryList",
  kind: "read",
  summary: "Lists the alerts that were sent, in the older form.",
  coverage: { missing: "rules do not fire yet: AlarmHistory is empty" },
  testedBy: ["test/service/cms/clients.test.ts", "test/service/cms/more-actions.test.ts"],
  request: () =>
    z.object({
      ...commonParams(),
      RuleId: optional(text()),
      RuleName: optional(text()),
      Namespace: optional(text()),
      MetricName: optional(text()),
      GroupId: optional(text()),
      State: withDefault(oneOf(["ALARM", "OK"]), "ALARM"),
      Status: withDefault(oneOf(["0", "1", "2"]), "2"),
      Ascending: withDefault(flag(), true),
      StartTime: timeMs(),
      EndTime: timeMs(),
      Page: withDefault(integer({ min: 1 }), 1),
      PageSize: withDefault(integer({ min: 1, max: 1000 }), 10),
    }),
  answer: {
    ...outcome,
    AlarmHistoryList: {
      AlarmHistory: [
        {
          AlertTime: "integer",
          ContactALIIMs: { ContactALIIM: ["string"] },
          ContactGroups: { ContactGroup: ["string"] },
          ContactMails: { ContactMail: ["string"] },
          ContactSmses: { ContactSms: ["string"] },
          Contacts: { Contact: ["string"] },
          Dimensions: "string",
          EvaluationCount: "integer",
          Expression: "string",
          GroupId: "string",
          InstanceName: "string",
          LastTime: "integer",
          Level: "string",
          MetricName: "string",
          Namespace: "string",
          RuleId: "string",
          RuleName: "string",
          State: "string",
          Status: "integer",
          Value: "string",
          Webhooks: "string",
        },
      ],
    },
    Total: "string",
  },
});
