import type { FieldType, Shape } from "../dts/shapes/shape.ts";

/** What every answer may have: the two error fields are absent from a success. */
const COMMON = { Code: "text", ErrorMessage: "text", RequestId: "text", Success: "flag" } as const;

const GROUP = { CreateTime: "text", GroupId: "text", GroupName: "text" } as const satisfies Shape;

const PAGE = { CurrentPage: "integer", PageCount: "integer", PageSize: "integer", Total: "integer" } as const;

const FLAGS = {
  DeviceDataFlag: "flag",
  DeviceLifeCycleFlag: "flag",
  DeviceStatusChangeFlag: "flag",
  DeviceTagFlag: "flag",
  DeviceTopoLifeCycleFlag: "flag",
  FoundDeviceListFlag: "flag",
  OtaEventFlag: "flag",
  OtaJobFlag: "flag",
  OtaVersionFlag: "flag",
  ThingHistoryFlag: "flag",
} as const satisfies Record<string, FieldType>;

const PRODUCT = {
  AliyunCommodityCode: "text",
  AuthType: "text",
  DataFormat: "integer",
  Description: "text",
  Id2: "flag",
  NodeType: "integer",
  ProductKey: "text",
  ProductName: "text",
  ProductSecret: "text",
  ProtocolType: "text",
} as const satisfies Shape;

const RULE = {
  CreateUserId: "integer",
  Created: "text",
  DataType: "text",
  Id: "integer",
  Modified: "text",
  Name: "text",
  ProductKey: "text",
  RuleDesc: "text",
  Select: "text",
  ShortTopic: "text",
  Status: "text",
  Topic: "text",
  UtcCreated: "text",
  UtcModified: "text",
  Where: "text",
} as const satisfies Shape;

const RULE_ACTION = {
  Configuration: "text",
  ErrorActionFlag: "flag",
  Id: "integer",
  RuleId: "integer",
  Type: "text",
} as const satisfies Shape;

/** The published fields and types of every answer of IoT Platform that is served here. */
export const IOT_SHAPES: Readonly<Record<string, Shape>> = {
  CreateProduct: { ...COMMON, Data: PRODUCT, ProductKey: "text" },
  QueryProduct: {
    ...COMMON,
    Data: {
      ...PRODUCT,
      CategoryKey: "text",
      CategoryName: "text",
      DeviceCount: "integer",
      GmtCreate: "integer",
      NetType: "integer",
      Owner: "flag",
      ProductStatus: "text",
      ValidateType: "integer",
    },
  },
  QueryProductList: {
    ...COMMON,
    Data: {
      ...PAGE,
      List: {
        ProductInfo: [
          {
            AuthType: "text",
            DataFormat: "integer",
            Description: "text",
            DeviceCount: "integer",
            GmtCreate: "integer",
            NodeType: "integer",
            ProductKey: "text",
            ProductName: "text",
          },
        ],
      },
    },
  },
  UpdateProduct: COMMON,
  DeleteProduct: COMMON,

  CreateConsumerGroup: { ...COMMON, GroupId: "text" },
  UpdateConsumerGroup: COMMON,
  DeleteConsumerGroup: COMMON,
  ResetConsumerGroupPosition: COMMON,
  QueryConsumerGroupByGroupId: { ...COMMON, Data: GROUP },
  QueryConsumerGroupList: { ...COMMON, ...PAGE, Data: { ConsumerGroupDTO: [GROUP] } },
  QueryConsumerGroupStatus: {
    ...COMMON,
    AccumulatedConsumeCountPerMinute: "integer",
    AccumulationCount: "integer",
    ClientConnectionStatusList: {
      ConsumerGroupClientConnectionInfo: [
        {
          AccumulatedConsumeCountPerMinute: "integer",
          ClientId: "text",
          ClientIpPort: "text",
          OnlineTime: "integer",
          RealTimeConsumeCountPerMinute: "integer",
        },
      ],
    },
    ConsumerSpeed: "integer",
    LastConsumerTime: "text",
    RealTimeConsumeCountPerMinute: "integer",
  },

  CreateSubscribeRelation: COMMON,
  UpdateSubscribeRelation: COMMON,
  DeleteSubscribeRelation: COMMON,
  CreateConsumerGroupSubscribeRelation: COMMON,
  DeleteConsumerGroupSubscribeRelation: COMMON,
  QuerySubscribeRelation: {
    ...COMMON,
    ...FLAGS,
    ConsumerGroupIds: ["text"],
    MnsConfiguration: "text",
    ProductKey: "text",
    SubscribeFlags: "text",
    Type: "text",
  },

  CreateRule: { ...COMMON, RuleId: "integer" },
  GetRule: { ...COMMON, RuleInfo: { ...RULE, TopicType: "integer" } },
  ListRule: {
    ...COMMON,
    Data: { RuleInfo: [RULE] },
    Page: "integer",
    PageSize: "integer",
    Total: "integer",
  },
  StartRule: COMMON,
  StopRule: COMMON,
  DeleteRule: COMMON,
  CreateRuleAction: { ...COMMON, ActionId: "integer" },
  GetRuleAction: { ...COMMON, RuleActionInfo: RULE_ACTION },
  OpenIotService: { OrderId: "text", RequestId: "text" },
  ListRuleActions: { ...COMMON, RuleActionList: { RuleActionInfo: [{ ...RULE_ACTION, Status: "text" }] } },
  DeleteRuleAction: COMMON,
};
