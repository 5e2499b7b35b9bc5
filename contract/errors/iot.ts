import { type Basis, type ErrorEntry, permanentError } from "./entry.ts";

/** A refused call is answered with HTTP 200 and `Success: false`; only the gateway in front uses other statuses. */
const said = (code: string, message: string, basis: Basis = "chosen"): ErrorEntry =>
  permanentError(code, 200, message, basis);

/**
 * Failures of IoT Platform. Codes of products and rules are published (help document 87387); for consumer
 * groups and subscriptions no code is, so they are chosen and stand here and nowhere else.
 */
export const IOT_ERRORS = {
  /** A parameter that none of the other codes is about. */
  InvalidParameter: said("iot.common.InvalidParameter", "A parameter is not valid."),
  InvalidPage: said(
    "iot.common.InvalidPageParams",
    "The specified page size or page number is invalid.",
    "documented",
  ),
  InstanceNotFound: said(
    "iot.Sre.IotInstanceNotFound",
    "The IoT Platform instance does not exist.",
    "observed",
  ),

  GroupNotExisted: said("iot.consumergroup.NotExisted", "The consumer group does not exist."),
  GroupNameExisted: said("iot.consumergroup.NameExisted", "Another consumer group has this name."),
  /** IOT-1, IOT-2. */
  GroupNameInvalid: said("iot.consumergroup.InvalidName", "The name of the consumer group is not valid."),
  /** IOT-4. */
  DefaultGroup: said(
    "iot.consumergroup.DefaultGroupOperationDenied",
    "The default consumer group can be neither changed nor deleted.",
  ),
  /** IOT-5. */
  GroupHasSubscriptions: said(
    "iot.consumergroup.HasSubscribeRelation",
    "The consumer group is subscribed and cannot be deleted.",
  ),

  SubscriptionNotExisted: said("iot.subscribe.NotExisted", "The subscription does not exist."),
  SubscriptionExists: said("iot.subscribe.AlreadyExists", "The subscription exists already."),
  /** IOT-6. */
  OnlyOneGroup: said(
    "iot.subscribe.OnlyOneConsumerGroup",
    "The subscription has no other consumer group, so this one cannot be taken off.",
  ),

  ProductNotExisted: said(
    "iot.prod.NotExistedProduct",
    "The specified product does not exist.",
    "documented",
  ),
  ProductNameExisted: said(
    "iot.prod.AlreadyExistedProductName",
    "The same product name already exists.",
    "documented",
  ),
  ProductNameInvalid: said(
    "iot.prod.InvalidFormattedProductName",
    "The format of the ProductName is invalid.",
    "documented",
  ),
  ProductDescriptionLong: said(
    "iot.prod.LongProductDesc",
    "The product description length exceeds the maximum limit.",
    "documented",
  ),
  NodeTypeInvalid: said("iot.prod.InvalidNodeType", "The node type of the product is invalid.", "documented"),
  CommodityInvalid: said(
    "iot.prod.InvalidAliyunCommodityCode",
    "The value of AliyunCommodityCode is invalid.",
    "documented",
  ),

  RuleNotFound: said("iot.rule.NotFoundRule", "The specified rule is not found.", "documented"),
  RuleNameExisted: said("iot.rule.RuleNameIsAlreadyExisted", "The rule name already exists.", "documented"),
  RuleWithoutSql: said(
    "iot.rule.NullSqlForRule",
    "SQL statement for the rule cannot be empty.",
    "documented",
  ),
  RuleWithoutAction: said(
    "iot.rule.NullForwardDestForRule",
    "The data forwarding destination cannot be empty.",
    "documented",
  ),
  RuleStarted: said(
    "iot.ruleng.RuleAlreadyIsStarted",
    "The rule is already in a started status.",
    "documented",
  ),
  RuleActionNotFound: said(
    "iot.rule.NotFoundRuleAction",
    "The specified rule action is not found.",
    "documented",
  ),
  /** The spelling is the published one. */
  RuleActionType: said(
    "iot.rule.IncorrentRuleActionType",
    "The type of the rule action is not correct.",
    "documented",
  ),
  RuleActionConfiguration: said(
    "iot.rule.ParseRuleActionConfigError",
    "Failed to parse the rule action configuration.",
    "documented",
  ),
  RuleActionNotJson: said(
    "iot.ruleng.RuleActionConfigurationIsNotJson",
    "The rule action configuration is not in JSON format.",
    "documented",
  ),
  RuleActionExists: said(
    "iot.rule.RuleActionIsAlreadyCreated",
    "The same rule action already exists.",
    "documented",
  ),
  RuleActionsTooMany: said(
    "iot.rule.TooManyRuleAction",
    "The number of rule actions exceeds the limit.",
    "documented",
  ),
} as const satisfies Record<string, ErrorEntry>;
