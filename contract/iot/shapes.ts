import type { FieldType, Shape } from "../dts/shapes/shape.ts";

/** What every answer may have: the two error fields are absent from a success. */
const COMMON = { Code: "string", ErrorMessage: "string", RequestId: "string", Success: "boolean" } as const;

const GROUP = { CreateTime: "string", GroupId: "string", GroupName: "string" } as const satisfies Shape;

const PAGE = { CurrentPage: "integer", PageCount: "integer", PageSize: "integer", Total: "integer" } as const;

const FLAGS = {
  DeviceDataFlag: "boolean",
  DeviceLifeCycleFlag: "boolean",
  DeviceStatusChangeFlag: "boolean",
  DeviceTagFlag: "boolean",
  DeviceTopoLifeCycleFlag: "boolean",
  FoundDeviceListFlag: "boolean",
  OtaEventFlag: "boolean",
  OtaJobFlag: "boolean",
  OtaVersionFlag: "boolean",
  ThingHistoryFlag: "boolean",
} as const satisfies Record<string, FieldType>;

const PRODUCT = {
  AliyunCommodityCode: "string",
  AuthType: "string",
  DataFormat: "integer",
  Description: "string",
  Id2: "boolean",
  NodeType: "integer",
  ProductKey: "string",
  ProductName: "string",
  ProductSecret: "string",
  ProtocolType: "string",
} as const satisfies Shape;

const RULE = {
  CreateUserId: "integer",
  Created: "string",
  DataType: "string",
  Id: "integer",
  Modified: "string",
  Name: "string",
  ProductKey: "string",
  RuleDesc: "string",
  Select: "string",
  ShortTopic: "string",
  Status: "string",
  Topic: "string",
  UtcCreated: "string",
  UtcModified: "string",
  Where: "string",
} as const satisfies Shape;

const RULE_ACTION = {
  Configuration: "string",
  ErrorActionFlag: "boolean",
  Id: "integer",
  RuleId: "integer",
  Type: "string",
} as const satisfies Shape;

/** The published fields and types of every answer of IoT Platform that is served here. */
export const IOT_SHAPES: Readonly<Record<string, Shape>> = {
  CreateProduct: { ...COMMON, Data: PRODUCT, ProductKey: "string" },
  QueryProduct: {
    ...COMMON,
    Data: {
      ...PRODUCT,
      CategoryKey: "string",
      CategoryName: "string",
      DeviceCount: "integer",
      GmtCreate: "integer",
      NetType: "integer",
      Owner: "boolean",
      ProductStatus: "string",
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
            AuthType: "string",
            DataFormat: "integer",
            Description: "string",
            DeviceCount: "integer",
            GmtCreate: "integer",
            NodeType: "integer",
            ProductKey: "string",
            ProductName: "string",
          },
        ],
      },
    },
  },
  UpdateProduct: COMMON,
  DeleteProduct: COMMON,

  CreateConsumerGroup: { ...COMMON, GroupId: "string" },
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
          ClientId: "string",
          ClientIpPort: "string",
          OnlineTime: "integer",
          RealTimeConsumeCountPerMinute: "integer",
        },
      ],
    },
    ConsumerSpeed: "integer",
    LastConsumerTime: "string",
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
    ConsumerGroupIds: ["string"],
    MnsConfiguration: "string",
    ProductKey: "string",
    SubscribeFlags: "string",
    Type: "string",
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
  OpenIotService: { OrderId: "string", RequestId: "string" },
  ListRuleActions: { ...COMMON, RuleActionList: { RuleActionInfo: [{ ...RULE_ACTION, Status: "string" }] } },
  DeleteRuleAction: COMMON,
};
