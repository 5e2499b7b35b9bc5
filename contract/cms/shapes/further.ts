import type { Shape } from "../../dts/shapes/shape.ts";

import { COMMON } from "./common.ts";

const CHANNELS = { AliIM: "string", DingWebHook: "string", Mail: "string", SMS: "string" } as const;

/** Published fields and types of the answers about contacts, metrics, the alert log and tags. */
export const FURTHER_SHAPES: Readonly<Record<string, Shape>> = {
  AddTags: COMMON,
  DeleteContact: COMMON,
  DeleteContactGroup: COMMON,
  DescribeAlertHistoryList: {
    ...COMMON,
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
  DescribeAlertLogList: {
    ...COMMON,
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
  DescribeContactGroupList: {
    ...COMMON,
    ContactGroupList: {
      ContactGroup: [
        {
          Contacts: { Contact: ["string"] },
          CreateTime: "integer",
          Describe: "string",
          EnableSubscribed: "boolean",
          EnabledWeeklyReport: "boolean",
          Name: "string",
          UpdateTime: "integer",
        },
      ],
    },
    ContactGroups: { ContactGroup: ["string"] },
    Total: "integer",
  },
  DescribeContactList: {
    ...COMMON,
    Contacts: {
      Contact: [
        {
          Channels: CHANNELS,
          ChannelsState: CHANNELS,
          ContactGroups: { ContactGroup: ["string"] },
          CreateTime: "integer",
          Desc: "string",
          Lang: "string",
          Name: "string",
          UpdateTime: "integer",
        },
      ],
    },
    Total: "integer",
  },
  DescribeContactListByContactGroup: {
    ...COMMON,
    Contacts: {
      Contact: [
        { Channels: CHANNELS, CreateTime: "integer", Desc: "string", Name: "string", UpdateTime: "integer" },
      ],
    },
  },
  DescribeMetricLast: { ...COMMON, Datapoints: "string", NextToken: "string", Period: "string" },
  DescribeMetricList: { ...COMMON, Datapoints: "string", NextToken: "string", Period: "string" },
  DescribeMetricMetaList: {
    ...COMMON,
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
  DescribeMetricTop: {
    Code: "string",
    Message: "string",
    RequestId: "string",
    Datapoints: "string",
    Period: "string",
  },
  DescribeProjectMeta: {
    ...COMMON,
    PageNumber: "string",
    PageSize: "string",
    Resources: { Resource: [{ Description: "string", Labels: "string", Namespace: "string" }] },
    Total: "string",
  },
  PutContact: COMMON,
  PutContactGroup: COMMON,
  RemoveTags: { ...COMMON, Tag: { Tags: ["string"] } },
};
