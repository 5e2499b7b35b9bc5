import type { Shape } from "./shape.ts";

/** Answers of the actions on consumer groups and tags. */
export const GROUP_AND_TAG_SHAPES = {
  CreateConsumerChannel: {
    ConsumerGroupID: "string",
    ErrCode: "string",
    ErrMessage: "string",
    HttpStatusCode: "string",
    RequestId: "string",
    Success: "string",
  },
  DescribeConsumerChannel: {
    ConsumerChannels: [
      {
        ConsumerGroupId: "string",
        ConsumerGroupName: "string",
        ConsumerGroupUserName: "string",
        ConsumptionCheckpoint: "string",
        MessageDelay: "integer",
        UnconsumedData: "integer",
      },
    ],
    ErrCode: "string",
    ErrMessage: "string",
    HttpStatusCode: "string",
    PageNumber: "integer",
    PageRecordCount: "integer",
    RequestId: "string",
    Success: "string",
    TotalRecordCount: "integer",
  },
  ModifyConsumerChannel: {
    ErrCode: "string",
    ErrMessage: "string",
    HttpStatusCode: "string",
    RequestId: "string",
    Success: "string",
  },
  DeleteConsumerChannel: {
    ErrCode: "string",
    ErrMessage: "string",
    HttpStatusCode: "string",
    RequestId: "string",
    Success: "string",
  },
  ListTagResources: {
    ErrCode: "string",
    ErrMessage: "string",
    NextToken: "string",
    RequestId: "string",
    Success: "boolean",
    TagResources: {
      TagResource: [{ ResourceId: "string", ResourceType: "string", TagKey: "string", TagValue: "string" }],
    },
  },
  TagResources: { ErrCode: "string", ErrMessage: "string", RequestId: "string", Success: "boolean" },
  UntagResources: { ErrCode: "string", ErrMessage: "string", RequestId: "string", Success: "boolean" },
} as const satisfies Record<string, Shape>;
