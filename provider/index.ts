export {
  AlertRule,
  type AlertRuleArgs,
  type AlertRuleState,
  type AlertTargetsArgs,
  type AlertTriggerArgs,
  type AllRangeArgs,
  type ChangeTrackingAlertArgs,
  type InstancesRangeArgs,
  type IotAlertArgs,
  type RocketmqAlertArgs,
} from "./alert-rule.ts";
export {
  type Brokers,
  ChangeTrackingInstance,
  type ChangeTrackingInstanceArgs,
  type DataRange,
  type TrackedDatabaseArgs,
  type TrackingSourceArgs,
} from "./change-tracking-instance.ts";
export {
  ConsumerGroup,
  type ConsumerGroupConnection,
  type ConsumerGroupStatus,
} from "./consumer-group.ts";
export type {
  ChangeTrackingGroupArgs,
  ConsumerGroupArgs,
  ConsumerGroupState,
  IotGroupArgs,
  IotSubscriptionArgs,
  RetryPolicyArgs,
  Rocketmq4GroupArgs,
  Rocketmq5GroupArgs,
} from "./consumer-group-args.ts";
export type { Reference } from "./identity.ts";
export { type InflowMetrics, InflowTask } from "./inflow-task.ts";
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
} from "./inflow-task-args.ts";
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
export type { TimeoutsArgs } from "./timeouts.ts";
