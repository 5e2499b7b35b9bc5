import type { ServedAction } from "../core/kit/action.ts";
import { configureSubscription } from "./actions/configure-subscription.ts";
import { configureSubscriptionInstance } from "./actions/configure-subscription-instance.ts";
import { convertInstanceResourceGroup } from "./actions/convert-instance-resource-group.ts";
import { countJobByCondition } from "./actions/count-job-by-condition.ts";
import { createConsumerChannel } from "./actions/create-consumer-channel.ts";
import { createConsumerGroup } from "./actions/create-consumer-group.ts";
import { createDtsInstance } from "./actions/create-dts-instance.ts";
import { createJobMonitorRule } from "./actions/create-job-monitor-rule.ts";
import { createSubscriptionInstance } from "./actions/create-subscription-instance.ts";
import { deleteConsumerChannel } from "./actions/delete-consumer-channel.ts";
import { deleteConsumerGroup } from "./actions/delete-consumer-group.ts";
import { deleteDtsJob } from "./actions/delete-dts-job.ts";
import { deleteDtsJobs } from "./actions/delete-dts-jobs.ts";
import { deleteSubscriptionInstance } from "./actions/delete-subscription-instance.ts";
import { describeConnectionStatus } from "./actions/describe-connection-status.ts";
import { describeConsumerChannel } from "./actions/describe-consumer-channel.ts";
import { describeConsumerGroup } from "./actions/describe-consumer-group.ts";
import { describeDtsInstanceDetail } from "./actions/describe-dts-instance-detail.ts";
import { describeDtsInstances } from "./actions/describe-dts-instances.ts";
import { describeDtsJobDetail } from "./actions/describe-dts-job-detail.ts";
import { describeDtsJobs } from "./actions/describe-dts-jobs.ts";
import { describeDtsServiceLog } from "./actions/describe-dts-service-log.ts";
import { describeJobMonitorRule } from "./actions/describe-job-monitor-rule.ts";
import { describeMigrationJobAlert } from "./actions/describe-migration-job-alert.ts";
import { describePreCheckStatus } from "./actions/describe-pre-check-status.ts";
import { describeSubscriptionInstanceStatus } from "./actions/describe-subscription-instance-status.ts";
import { describeSubscriptionInstances } from "./actions/describe-subscription-instances.ts";
import { describeSubscriptionMeta } from "./actions/describe-subscription-meta.ts";
import { describeTagKeys } from "./actions/describe-tag-keys.ts";
import { describeTagValues } from "./actions/describe-tag-values.ts";
import { listTagResources } from "./actions/list-tag-resources.ts";
import { modifyConsumerChannel } from "./actions/modify-consumer-channel.ts";
import { modifyConsumerGroupPassword } from "./actions/modify-consumer-group-password.ts";
import { modifyConsumptionTimestamp } from "./actions/modify-consumption-timestamp.ts";
import { modifyDtsJob } from "./actions/modify-dts-job.ts";
import { modifyDtsJobName } from "./actions/modify-dts-job-name.ts";
import { modifyDtsJobPassword } from "./actions/modify-dts-job-password.ts";
import { modifySubscription } from "./actions/modify-subscription.ts";
import { modifySubscriptionObject } from "./actions/modify-subscription-object.ts";
import { renewInstance } from "./actions/renew-instance.ts";
import { resetDtsJob } from "./actions/reset-dts-job.ts";
import { startDtsJob } from "./actions/start-dts-job.ts";
import { startDtsJobs } from "./actions/start-dts-jobs.ts";
import { startSubscriptionInstance } from "./actions/start-subscription-instance.ts";
import { stopDtsJob } from "./actions/stop-dts-job.ts";
import { stopDtsJobs } from "./actions/stop-dts-jobs.ts";
import { summaryJobDetail } from "./actions/summary-job-detail.ts";
import { suspendDtsJob } from "./actions/suspend-dts-job.ts";
import { suspendDtsJobs } from "./actions/suspend-dts-jobs.ts";
import { tagResources } from "./actions/tag-resources.ts";
import { transferPayType } from "./actions/transfer-pay-type.ts";
import { untagResources } from "./actions/untag-resources.ts";

/** Every action that is served: the newer family, then the older one over the same store. */
export const dtsActions: readonly ServedAction[] = [
  createDtsInstance,
  configureSubscription,
  startDtsJob,
  suspendDtsJob,
  stopDtsJob,
  resetDtsJob,
  deleteDtsJob,
  startDtsJobs,
  suspendDtsJobs,
  stopDtsJobs,
  deleteDtsJobs,
  modifyDtsJob,
  modifySubscription,
  modifyDtsJobName,
  modifyDtsJobPassword,
  describeDtsJobDetail,
  describeDtsJobs,
  describeDtsInstanceDetail,
  describeDtsInstances,
  describePreCheckStatus,
  createJobMonitorRule,
  describeJobMonitorRule,
  renewInstance,
  transferPayType,
  convertInstanceResourceGroup,
  createConsumerChannel,
  describeConsumerChannel,
  modifyConsumerChannel,
  deleteConsumerChannel,
  listTagResources,
  tagResources,
  untagResources,
  describeTagKeys,
  describeTagValues,
  countJobByCondition,
  describeMigrationJobAlert,
  describeConnectionStatus,
  summaryJobDetail,
  describeSubscriptionMeta,
  describeDtsServiceLog,
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
