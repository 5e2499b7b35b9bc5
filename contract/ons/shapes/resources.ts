import type { Shape } from "../../dts/shapes/index.ts";

/** Answers of the actions on instances, topics, groups and tags. */
export const RESOURCE_SHAPES = {
  OnsInstanceCreate: {
    Data: {
      InstanceId: "text",
      InstanceType: "integer",
    },
    RequestId: "text",
  },
  OnsInstanceDelete: {
    RequestId: "text",
  },
  OnsInstanceBaseInfo: {
    InstanceBaseInfo: {
      CreateTime: "text",
      Endpoints: {
        HttpInternalEndpoint: "text",
        HttpInternetEndpoint: "text",
        HttpInternetSecureEndpoint: "text",
        TcpEndpoint: "text",
        TcpInternetEndpoint: "text",
      },
      IndependentNaming: "flag",
      InstanceId: "text",
      InstanceName: "text",
      InstanceStatus: "integer",
      InstanceType: "integer",
      MaxTps: "integer",
      ReleaseTime: "integer",
      Remark: "text",
      SupportClassic: "integer",
      TopicCapacity: "integer",
      spInstanceId: "text",
      spInstanceType: "integer",
    },
    RequestId: "text",
  },
  OnsInstanceInServiceList: {
    Data: {
      InstanceVO: [
        {
          CreateTime: "integer",
          GroupCount: "integer",
          IndependentNaming: "flag",
          InstanceId: "text",
          InstanceName: "text",
          InstanceStatus: "integer",
          InstanceType: "integer",
          ReleaseTime: "integer",
          Tags: {
            Tag: [
              {
                Key: "text",
                Value: "text",
              },
            ],
          },
          TopicCount: "integer",
        },
      ],
    },
    RequestId: "text",
  },
  OnsInstanceUpdate: {
    RequestId: "text",
  },
  OnsTopicCreate: {
    RequestId: "text",
  },
  OnsTopicDelete: {
    RequestId: "text",
  },
  OnsTopicList: {
    Data: {
      PublishInfoDo: [
        {
          CreateTime: "integer",
          IndependentNaming: "flag",
          InstanceId: "text",
          MessageType: "integer",
          Owner: "text",
          Relation: "integer",
          RelationName: "text",
          Remark: "text",
          ServiceStatus: "integer",
          Tags: {
            Tag: [
              {
                Key: "text",
                Value: "text",
              },
            ],
          },
          Topic: "text",
        },
      ],
    },
    RequestId: "text",
  },
  OnsTopicStatus: {
    Data: {
      LastTimeStamp: "integer",
      Perm: "integer",
      TotalCount: "integer",
    },
    RequestId: "text",
  },
  OnsGroupCreate: {
    RequestId: "text",
  },
  OnsGroupDelete: {
    RequestId: "text",
  },
  OnsGroupList: {
    Data: {
      SubscribeInfoDo: [
        {
          CreateTime: "integer",
          GroupId: "text",
          GroupType: "text",
          IndependentNaming: "flag",
          InstanceId: "text",
          Owner: "text",
          Remark: "text",
          Tags: {
            Tag: [
              {
                Key: "text",
                Value: "text",
              },
            ],
          },
          UpdateTime: "integer",
        },
      ],
    },
    RequestId: "text",
  },
  ListTagResources: {
    NextToken: "text",
    RequestId: "text",
    TagResources: [
      {
        InstanceId: "text",
        ResourceId: "text",
        ResourceType: "text",
        TagKey: "text",
        TagValue: "text",
      },
    ],
  },
  TagResources: {
    RequestId: "text",
  },
  UntagResources: {
    RequestId: "text",
  },
  OpenOnsService: {
    OrderId: "text",
    RequestId: "text",
  },
  OnsRegionList: {
    Data: {
      RegionDo: [
        {
          ChannelName: "text",
          CreateTime: "integer",
          Id: "integer",
          OnsRegionId: "text",
          RegionName: "text",
          UpdateTime: "integer",
        },
      ],
    },
    RequestId: "text",
  },
} as const satisfies Record<string, Shape>;
