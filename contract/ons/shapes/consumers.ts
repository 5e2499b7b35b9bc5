import type { Shape } from "../../dts/shapes/index.ts";

/** Answers about what consumers do. */
export const CONSUMER_SHAPES = {
  OnsGroupSubDetail: {
    Data: {
      GroupId: "text",
      MessageModel: "text",
      Online: "flag",
      SubscriptionDataList: {
        SubscriptionDataList: [
          {
            SubString: "text",
            Topic: "text",
          },
        ],
      },
    },
    RequestId: "text",
  },
  OnsTopicSubDetail: {
    Data: {
      SubscriptionDataList: {
        SubscriptionDataList: [
          {
            GroupId: "text",
            MessageModel: "text",
            Online: "text",
            SubString: "text",
          },
        ],
      },
      Topic: "text",
    },
    RequestId: "text",
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
            Topic: "text",
            TotalDiff: "integer",
          },
        ],
      },
      LastTimestamp: "integer",
      Online: "flag",
      TotalDiff: "integer",
    },
    RequestId: "text",
  },
  OnsConsumerStatus: {
    Data: {
      ConnectionSet: {
        ConnectionDo: [
          {
            ClientAddr: "text",
            ClientId: "text",
            Diff: "integer",
            Language: "text",
            RemoteIP: "text",
            Version: "text",
          },
        ],
      },
      ConsumeModel: "text",
      ConsumeTps: "number",
      ConsumerConnectionInfoList: {
        ConsumerConnectionInfoDo: [
          {
            ClientId: "text",
            Connection: "text",
            ConsumeModel: "text",
            ConsumeType: "text",
            Jstack: {
              ThreadTrackDo: [
                {
                  Thread: "text",
                  TrackList: {
                    Track: ["text"],
                  },
                },
              ],
            },
            Language: "text",
            LastTimeStamp: "integer",
            RunningDataList: {
              ConsumerRunningDataDo: [
                {
                  FailedCountPerHour: "integer",
                  FailedTps: "number",
                  OkTps: "number",
                  Rt: "number",
                  Topic: "text",
                },
              ],
            },
            StartTimeStamp: "integer",
            SubscriptionSet: {
              SubscriptionData: [
                {
                  SubString: "text",
                  SubVersion: "integer",
                  TagsSet: {
                    Tag: ["text"],
                  },
                  Topic: "text",
                },
              ],
            },
            ThreadCount: "integer",
            Version: "text",
          },
        ],
      },
      DelayTime: "integer",
      DetailInTopicList: {
        DetailInTopicDo: [
          {
            DelayTime: "integer",
            LastTimestamp: "integer",
            Topic: "text",
            TotalDiff: "integer",
          },
        ],
      },
      InstanceId: "text",
      LastTimestamp: "integer",
      Online: "flag",
      RebalanceOK: "flag",
      SubscriptionSame: "flag",
      TotalDiff: "integer",
    },
    RequestId: "text",
  },
  OnsConsumerGetConnection: {
    Data: {
      ConnectionList: {
        ConnectionDo: [
          {
            ClientAddr: "text",
            ClientId: "text",
            Language: "text",
            Version: "text",
          },
        ],
      },
      MessageModel: "text",
    },
    RequestId: "text",
  },
  OnsConsumerResetOffset: {
    RequestId: "text",
  },
  OnsGroupConsumerUpdate: {
    RequestId: "text",
  },
} as const satisfies Record<string, Shape>;
