import type { Shape } from "../../dts/shapes/shape.ts";

import { COMMON } from "./common.ts";

const CHANNELS = { AliIM: "text", DingWebHook: "text", Mail: "text", SMS: "text" } as const;

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
          ContactALIIMs: { ContactALIIM: ["text"] },
          ContactGroups: { ContactGroup: ["text"] },
          ContactMails: { ContactMail: ["text"] },
          ContactSmses: { ContactSms: ["text"] },
          Contacts: { Contact: ["text"] },
          Dimensions: "text",
          EvaluationCount: "integer",
          Expression: "text",
          GroupId: "text",
          InstanceName: "text",
          LastTime: "integer",
          Level: "text",
          MetricName: "text",
          Namespace: "text",
          RuleId: "text",
          RuleName: "text",
          State: "text",
          Status: "integer",
          Value: "text",
          Webhooks: "text",
        },
      ],
    },
    Total: "text",
  },
  DescribeAlertLogList: {
    ...COMMON,
    AlertLogList: [
      {
        AlertTime: "text",
        BlackListDetail: "text",
        BlackListName: "text",
        BlackListUUID: "text",
        ContactALIIWWList: ["text"],
        ContactDingList: ["text"],
        ContactGroups: ["text"],
        ContactMailList: ["text"],
        ContactOnCallList: ["text"],
        ContactSMSList: ["text"],
        Dimensions: [{ Key: "text", Value: "text" }],
        DingdingWebhookList: ["text"],
        Escalation: { Expression: "text", Level: "text", Times: "integer" },
        EventName: "text",
        ExtendedInfo: [{ Name: "text", Value: "text" }],
        GroupId: "text",
        GroupName: "text",
        InstanceId: "text",
        InstanceName: "text",
        Level: "text",
        LevelChange: "text",
        LogId: "text",
        Message: "text",
        MetricName: "text",
        Namespace: "text",
        Product: "text",
        RuleId: "text",
        RuleName: "text",
        SendDetail: {
          ChannelResultList: [
            {
              Channel: "text",
              ResultList: [
                {
                  Code: "text",
                  Detail: "text",
                  RequestId: "text",
                  Success: "flag",
                  notifyTargetList: ["text"],
                },
              ],
            },
          ],
          ResultCode: "text",
        },
        SendResultList: [{ Key: "text", Value: ["text"] }],
        SendStatus: "text",
        WebhookList: [{ code: "text", message: "text", url: "text" }],
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
          Contacts: { Contact: ["text"] },
          CreateTime: "integer",
          Describe: "text",
          EnableSubscribed: "flag",
          EnabledWeeklyReport: "flag",
          Name: "text",
          UpdateTime: "integer",
        },
      ],
    },
    ContactGroups: { ContactGroup: ["text"] },
    Total: "integer",
  },
  DescribeContactList: {
    ...COMMON,
    Contacts: {
      Contact: [
        {
          Channels: CHANNELS,
          ChannelsState: CHANNELS,
          ContactGroups: { ContactGroup: ["text"] },
          CreateTime: "integer",
          Desc: "text",
          Lang: "text",
          Name: "text",
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
        { Channels: CHANNELS, CreateTime: "integer", Desc: "text", Name: "text", UpdateTime: "integer" },
      ],
    },
  },
  DescribeMetricLast: { ...COMMON, Datapoints: "text", NextToken: "text", Period: "text" },
  DescribeMetricList: { ...COMMON, Datapoints: "text", NextToken: "text", Period: "text" },
  DescribeMetricMetaList: {
    ...COMMON,
    Resources: {
      Resource: [
        {
          Description: "text",
          Dimensions: "text",
          Labels: "text",
          MetricName: "text",
          Namespace: "text",
          Periods: "text",
          Statistics: "text",
          Unit: "text",
        },
      ],
    },
    TotalCount: "text",
  },
  DescribeMetricTop: { Code: "text", Message: "text", RequestId: "text", Datapoints: "text", Period: "text" },
  DescribeProjectMeta: {
    ...COMMON,
    PageNumber: "text",
    PageSize: "text",
    Resources: { Resource: [{ Description: "text", Labels: "text", Namespace: "text" }] },
    Total: "text",
  },
  PutContact: COMMON,
  PutContactGroup: COMMON,
  RemoveTags: { ...COMMON, Tag: { Tags: ["text"] } },
};
