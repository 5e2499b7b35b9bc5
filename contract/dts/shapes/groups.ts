import type { Shape } from "./shape.ts";

/** Answers of the actions on consumer groups and tags. */
export const GROUP_AND_TAG_SHAPES = {
  CreateConsumerChannel: {
    ConsumerGroupID: "text",
    ErrCode: "text",
    ErrMessage: "text",
    HttpStatusCode: "text",
    RequestId: "text",
    Success: "text",
  },
  DescribeConsumerChannel: {
    ConsumerChannels: [
      {
        ConsumerGroupId: "text",
        ConsumerGroupName: "text",
        ConsumerGroupUserName: "text",
        ConsumptionCheckpoint: "text",
        MessageDelay: "integer",
        UnconsumedData: "integer",
      },
    ],
    ErrCode: "text",
    ErrMessage: "text",
    HttpStatusCode: "text",
    PageNumber: "integer",
    PageRecordCount: "integer",
    RequestId: "text",
    Success: "text",
    TotalRecordCount: "integer",
  },
  ModifyConsumerChannel: {
    ErrCode: "text",
    ErrMessage: "text",
    HttpStatusCode: "text",
    RequestId: "text",
    Success: "text",
  },
  DeleteConsumerChannel: {
    ErrCode: "text",
    ErrMessage: "text",
    HttpStatusCode: "text",
    RequestId: "text",
    Success: "text",
  },
  ListTagResources: {
    ErrCode: "text",
    ErrMessage: "text",
    NextToken: "text",
    RequestId: "text",
    Success: "flag",
    TagResources: {
      TagResource: [{ ResourceId: "text", ResourceType: "text", TagKey: "text", TagValue: "text" }],
    },
  },
  TagResources: { ErrCode: "text", ErrMessage: "text", RequestId: "text", Success: "flag" },
  UntagResources: { ErrCode: "text", ErrMessage: "text", RequestId: "text", Success: "flag" },
} as const satisfies Record<string, Shape>;
