import type { Shape } from "../../dts/shapes/index.ts";

/** Answers about what consumers do. */
export const CONSUMER_SHAPES = {
  OnsGroupSubDetail: {
    Data: {
      GroupId: "string",
      MessageModel: "string",
      Online: "boolean",
      SubscriptionDataList: {
        SubscriptionDataList: [
          {
            SubString: "string",
            Topic: "string",
          },
        ],
      },
    },
    RequestId: "string",
  },
  OnsTopicSubDetail: {
    Data: {
      SubscriptionDataList: {
        SubscriptionDataList: [
          {
            GroupId: "string",
            MessageModel: "string",
            Online: "string",
            SubString: "string",
          },
        ],
      },
      Topic: "string",
    },
    RequestId: "string",
  },
  OnsConsumerAccumulate: {
    Data: {
      ConsumeTps: "number",
      DelayTime: "integer",
      DetailInTopicList: {
        DetailInTopicDo: [
          {
            DelayTime: "integer",
            LastTimestamp: "integer",
            Topic: "string",
            TotalDiff: "integer",
          },
        ],
      },
      LastTimestamp: "integer",
      Online: "boolean",
      TotalDiff: "integer",
    },
    RequestId: "string",
  },
  OnsConsumerStatus: {
    Data: {
      ConnectionSet: {
        ConnectionDo: [
          {
            ClientAddr: "string",
            ClientId: "string",
            Diff: "integer",
            Language: "string",
            RemoteIP: "string",
            Version: "string",
          },
        ],
      },
      ConsumeModel: "string",
      ConsumeTps: "number",
      ConsumerConnectionInfoList: {
        ConsumerConnectionInfoDo: [
          {
            ClientId: "string",
            Connection: "string",
            ConsumeModel: "string",
            ConsumeType: "string",
            Jstack: {
              ThreadTrackDo: [
                {
                  Thread: "string",
                  TrackList: {
                    Track: ["string"],
                  },
                },
              ],
            },
            Language: "string",
            LastTimeStamp: "integer",
            RunningDataList: {
              ConsumerRunningDataDo: [
                {
                  FailedCountPerHour: "integer",
                  FailedTps: "number",
                  OkTps: "number",
                  Rt: "number",
                  Topic: "string",
                },
              ],
            },
            StartTimeStamp: "integer",
            SubscriptionSet: {
              SubscriptionData: [
                {
                  SubString: "string",
                  SubVersion: "integer",
                  TagsSet: {
                    Tag: ["string"],
                  },
                  Topic: "string",
                },
              ],
            },
            ThreadCount: "integer",
            Version: "string",
          },
        ],
      },
      DelayTime: "integer",
      DetailInTopicList: {
        DetailInTopicDo: [
          {
            DelayTime: "integer",
            LastTimestamp: "integer",
            Topic: "string",
            TotalDiff: "integer",
          },
        ],
      },
      InstanceId: "string",
      LastTimestamp: "integer",
      Online: "boolean",
      RebalanceOK: "boolean",
      SubscriptionSame: "boolean",
      TotalDiff: "integer",
    },
    RequestId: "string",
  },
  OnsConsumerGetConnection: {
    Data: {
      ConnectionList: {
        ConnectionDo: [
          {
            ClientAddr: "string",
            ClientId: "string",
            Language: "string",
            Version: "string",
          },
        ],
      },
      MessageModel: "string",
    },
    RequestId: "string",
  },
  OnsConsumerResetOffset: {
    RequestId: "string",
  },
  OnsGroupConsumerUpdate: {
    RequestId: "string",
  },
} as const satisfies Record<string, Shape>;
