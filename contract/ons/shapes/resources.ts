import type { Shape } from "../../dts/shapes/index.ts";

/** Answers of the actions on instances, topics, groups and tags. */
export const RESOURCE_SHAPES = {
  OnsInstanceCreate: {
    Data: {
      InstanceId: "string",
      InstanceType: "integer",
    },
    RequestId: "string",
  },
  OnsInstanceDelete: {
    RequestId: "string",
  },
  OnsInstanceBaseInfo: {
    InstanceBaseInfo: {
      CreateTime: "string",
      Endpoints: {
        HttpInternalEndpoint: "string",
        HttpInternetEndpoint: "string",
        HttpInternetSecureEndpoint: "string",
        TcpEndpoint: "string",
        TcpInternetEndpoint: "string",
      },
      IndependentNaming: "boolean",
      InstanceId: "string",
      InstanceName: "string",
      InstanceStatus: "integer",
      InstanceType: "integer",
      MaxTps: "integer",
      ReleaseTime: "integer",
      Remark: "string",
      SupportClassic: "integer",
      TopicCapacity: "integer",
      spInstanceId: "string",
      spInstanceType: "integer",
    },
    RequestId: "string",
  },
  OnsInstanceInServiceList: {
    Data: {
      InstanceVO: [
        {
          CreateTime: "integer",
          GroupCount: "integer",
          IndependentNaming: "boolean",
          InstanceId: "string",
          InstanceName: "string",
          InstanceStatus: "integer",
          InstanceType: "integer",
          ReleaseTime: "integer",
          Tags: {
            Tag: [
              {
                Key: "string",
                Value: "string",
              },
            ],
          },
          TopicCount: "integer",
        },
      ],
    },
    RequestId: "string",
  },
  OnsInstanceUpdate: {
    RequestId: "string",
  },
  OnsTopicCreate: {
    RequestId: "string",
  },
  OnsTopicDelete: {
    RequestId: "string",
  },
  OnsTopicList: {
    Data: {
      PublishInfoDo: [
        {
          CreateTime: "integer",
          IndependentNaming: "boolean",
          InstanceId: "string",
          MessageType: "integer",
          Owner: "string",
          Relation: "integer",
          RelationName: "string",
          Remark: "string",
          ServiceStatus: "integer",
          Tags: {
            Tag: [
              {
                Key: "string",
                Value: "string",
              },
            ],
          },
          Topic: "string",
        },
      ],
    },
    RequestId: "string",
  },
  OnsTopicStatus: {
    Data: {
      LastTimeStamp: "integer",
      Perm: "integer",
      TotalCount: "integer",
    },
    RequestId: "string",
  },
  OnsGroupCreate: {
    RequestId: "string",
  },
  OnsGroupDelete: {
    RequestId: "string",
  },
  OnsGroupList: {
    Data: {
      SubscribeInfoDo: [
        {
          CreateTime: "integer",
          GroupId: "string",
          GroupType: "string",
          IndependentNaming: "boolean",
          InstanceId: "string",
          Owner: "string",
          Remark: "string",
          Tags: {
            Tag: [
              {
                Key: "string",
                Value: "string",
              },
            ],
          },
          UpdateTime: "integer",
        },
      ],
    },
    RequestId: "string",
  },
  ListTagResources: {
    NextToken: "string",
    RequestId: "string",
    TagResources: [
      {
        InstanceId: "string",
        ResourceId: "string",
        ResourceType: "string",
        TagKey: "string",
        TagValue: "string",
      },
    ],
  },
  TagResources: {
    RequestId: "string",
  },
  UntagResources: {
    RequestId: "string",
  },
  OpenOnsService: {
    OrderId: "string",
    RequestId: "string",
  },
  OnsRegionList: {
    Data: {
      RegionDo: [
        {
          ChannelName: "string",
          CreateTime: "integer",
          Id: "integer",
          OnsRegionId: "string",
          RegionName: "string",
          UpdateTime: "integer",
        },
      ],
    },
    RequestId: "string",
  },
} as const satisfies Record<string, Shape>;
