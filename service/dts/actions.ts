import type { ActionDefinition } from "../core/action.ts";
import { configureSubscription } from "./actions/configure-subscription.ts";
import { createConsumerChannel } from "./actions/create-consumer-channel.ts";
import { createDtsInstance } from "./actions/create-dts-instance.ts";
import { deleteConsumerChannel } from "./actions/delete-consumer-channel.ts";
import { deleteDtsJob } from "./actions/delete-dts-job.ts";
import { describeConsumerChannel } from "./actions/describe-consumer-channel.ts";
import { describeDtsJobDetail } from "./actions/describe-dts-job-detail.ts";
import { describeDtsJobs } from "./actions/describe-dts-jobs.ts";
import { listTagResources } from "./actions/list-tag-resources.ts";
import { modifyConsumerChannel } from "./actions/modify-consumer-channel.ts";
import { modifyDtsJobName } from "./actions/modify-dts-job-name.ts";
import { resetDtsJob } from "./actions/reset-dts-job.ts";
import { startDtsJob } from "./actions/start-dts-job.ts";
import { stopDtsJob } from "./actions/stop-dts-job.ts";
import { suspendDtsJob } from "./actions/suspend-dts-job.ts";
import { tagResources } from "./actions/tag-resources.ts";
import { untagResources } from "./actions/untag-resources.ts";

/** Every action that is served. */
export const dtsActions: readonly ActionDefinition[] = [
  createDtsInstance,
  configureSubscription,
  startDtsJob,
  suspendDtsJob,
  stopDtsJob,
  resetDtsJob,
  deleteDtsJob,
  modifyDtsJobName,
  describeDtsJobDetail,
  describeDtsJobs,
  createConsumerChannel,
  describeConsumerChannel,
  modifyConsumerChannel,
  deleteConsumerChannel,
  listTagResources,
  tagResources,
  untagResources,
];
