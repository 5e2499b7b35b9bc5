export {
  AlertRule,
  type AlertRuleState,
} from "./alert-rule.ts";
export type {
  AlertRuleArgs,
  AlertTargetsArgs,
  AlertTriggerArgs,
  AllRangeArgs,
  ChangeTrackingAlertArgs,
  InstancesRangeArgs,
  IotAlertArgs,
  RocketmqAlertArgs,
} from "./args/alert-rule.ts";
export type {
  ChangeTrackingInstanceArgs,
  TrackedDatabaseArgs,
  TrackingSourceArgs,
} from "./args/change-tracking-instance.ts";
export type {
  ChangeTrackingGroupArgs,
  ConsumerGroupArgs,
  IotGroupArgs,
  IotSubscriptionArgs,
  RetryPolicyArgs,
  Rocketmq4GroupArgs,
  Rocketmq5GroupArgs,
} from "./args/consumer-group.ts";
export type {
  CompleteDataArgs,
  DataExtractionArgs,
  FixedValueArgs,
  InflowGroupSourceArgs,
  InflowIdSourceArgs,
  InflowOffsetArgs,
  InflowSinkArgs,
  InflowSourceArgs,
  InflowTaskArgs,
  TemplateArgs,
} from "./args/inflow-task.ts";
export type { TimeoutsArgs } from "./args/timeouts.ts";
export {
  type Brokers,
  ChangeTrackingInstance,
  type DataRange,
} from "./change-tracking-instance.ts";
export {
  ConsumerGroup,
  type ConsumerGroupConnection,
  type ConsumerGroupState,
  type ConsumerGroupStatus,
} from "./consumer-group.ts";
export type { SecretSources } from "./definitions/result.ts";
export type { Reference } from "./identity.ts";
export { type InflowMetrics, InflowTask } from "./inflow-task.ts";
export {
  type Definitions,
  type LoadDefinitionsOptions,
  type LoadedDefinition,
  loadDefinitions,
} from "./load-definitions.ts";
export {
  type GetChangeTrackingInstanceArgs,
  type GetChangeTrackingInstanceResult,
  type GetConsumerGroupArgs,
  type GetConsumerGroupResult,
  type GetIotGroupArgs,
  type GetIotGroupResult,
  type GetRocketmqGroupArgs,
  type GetRocketmqGroupResult,
  getChangeTrackingInstance,
  getConsumerGroup,
} from "./look-ups.ts";
