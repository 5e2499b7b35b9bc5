import type { Action, UnservedAction } from "../action.ts";
import { describeConnectionStatus, describeSubscriptionMeta } from "./connections.ts";
import {
  createConsumerChannel,
  deleteConsumerChannel,
  describeConsumerChannel,
  modifyConsumerChannel,
} from "./consumer-channels.ts";
import {
  createConsumerGroup,
  deleteConsumerGroup,
  describeConsumerGroup,
  modifyConsumerGroupPassword,
} from "./consumer-groups.ts";
import {
  convertInstanceResourceGroup,
  createDtsInstance,
  describeDtsInstanceDetail,
  describeDtsInstances,
  renewInstance,
  transferPayType,
} from "./instances.ts";
import {
  configureSubscription,
  modifyDtsJob,
  modifyDtsJobName,
  modifyDtsJobPassword,
  modifySubscription,
} from "./job-configuration.ts";
import { countJobByCondition, describeDtsJobDetail, describeDtsJobs, summaryJobDetail } from "./job-reads.ts";
import {
  deleteDtsJob,
  deleteDtsJobs,
  resetDtsJob,
  startDtsJob,
  startDtsJobs,
  stopDtsJob,
  stopDtsJobs,
  suspendDtsJob,
  suspendDtsJobs,
} from "./jobs.ts";
import {
  createJobMonitorRule,
  describeDtsServiceLog,
  describeJobMonitorRule,
  describeMigrationJobAlert,
} from "./monitoring.ts";
import { describePreCheckStatus } from "./prechecks.ts";
import {
  configureSubscriptionInstance,
  createSubscriptionInstance,
  deleteSubscriptionInstance,
  describeSubscriptionInstanceStatus,
  describeSubscriptionInstances,
  modifyConsumptionTimestamp,
  modifySubscriptionObject,
  startSubscriptionInstance,
} from "./subscriptions.ts";
import {
  describeTagKeys,
  describeTagValues,
  listTagResources,
  tagResources,
  untagResources,
} from "./tags.ts";

/** Every action of Data Transmission Service that is served. */
export const DTS_ACTIONS: readonly Action[] = [
  createDtsInstance,
  renewInstance,
  transferPayType,
  convertInstanceResourceGroup,
  describeDtsInstanceDetail,
  describeDtsInstances,
  startDtsJob,
  suspendDtsJob,
  stopDtsJob,
  resetDtsJob,
  deleteDtsJob,
  startDtsJobs,
  suspendDtsJobs,
  stopDtsJobs,
  deleteDtsJobs,
  configureSubscription,
  modifySubscription,
  modifyDtsJob,
  modifyDtsJobName,
  modifyDtsJobPassword,
  describeDtsJobDetail,
  describeDtsJobs,
  countJobByCondition,
  summaryJobDetail,
  describePreCheckStatus,
  createJobMonitorRule,
  describeJobMonitorRule,
  describeMigrationJobAlert,
  describeDtsServiceLog,
  describeConnectionStatus,
  describeSubscriptionMeta,
  createConsumerChannel,
  describeConsumerChannel,
  modifyConsumerChannel,
  deleteConsumerChannel,
  listTagResources,
  tagResources,
  untagResources,
  describeTagKeys,
  describeTagValues,
  createSubscriptionInstance,
  configureSubscriptionInstance,
  startSubscriptionInstance,
  describeSubscriptionInstances,
  describeSubscriptionInstanceStatus,
  modifySubscriptionObject,
  modifyConsumptionTimestamp,
  deleteSubscriptionInstance,
  createConsumerGroup,
  describeConsumerGroup,
  modifyConsumerGroupPassword,
  deleteConsumerGroup,
];

/** Published, and not served. */
export const DTS_NOT_SERVED: readonly UnservedAction[] = [
  { name: "ConfigureMigrationJobAlert" },
  { name: "ConfigureSubscriptionInstanceAlert" },
  { name: "DescribeDTSIP" },
  { name: "DescribeMetricList" },
  { name: "DescribeSubscriptionInstanceAlert" },
  { name: "InitDtsRdsInstance" },
  { name: "ListJobStep" },
  { name: "ModifyDtsJobConfig" },
  { name: "ModifyDtsJobDuLimit" },
  { name: "ModifyDtsJobEndpoint" },
  { name: "ShieldPrecheck" },
  { name: "SkipPreCheck" },
  { name: "TransferInstanceClass" },
];
