import type { RequestOf } from "../../../contract/action.ts";
import {
  createConsumerChannel,
  deleteConsumerChannel,
  describeConsumerChannel,
  modifyConsumerChannel,
} from "../../../contract/dts/consumer-channels.ts";
import { createDtsInstance, transferPayType } from "../../../contract/dts/instances.ts";
import {
  configureSubscription,
  modifyDtsJobName,
  modifyDtsJobPassword,
  modifySubscription,
} from "../../../contract/dts/job-configuration.ts";
import { describeDtsJobDetail, describeDtsJobs } from "../../../contract/dts/job-reads.ts";
import { deleteDtsJob, startDtsJob } from "../../../contract/dts/jobs.ts";
import { listTagResources, tagResources, untagResources } from "../../../contract/dts/tags.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";

/** `Type` and `JobType` of change tracking. */
export const TRACKING_JOB_TYPE = "SUBSCRIBE";

/** Data Transmission Service in one region: the actions that the resources use, each typed as published. */
export class DtsApi {
  readonly #send: CallAction;
  readonly #region: string;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.#send = actionCaller(client, { region, common: { RegionId: region }, look });
    this.#region = region;
  }

  createInstance(request: RequestOf<typeof createDtsInstance>) {
    return this.#send(createDtsInstance, request, "once");
  }

  configure(request: RequestOf<typeof configureSubscription>) {
    return this.#send(configureSubscription, request, "repeatable");
  }

  start(request: RequestOf<typeof startDtsJob>) {
    return this.#send(startDtsJob, request, "repeatable");
  }

  rename(request: RequestOf<typeof modifyDtsJobName>) {
    return this.#send(modifyDtsJobName, request, "repeatable");
  }

  modifySubscription(request: RequestOf<typeof modifySubscription>) {
    return this.#send(modifySubscription, request, "repeatable");
  }

  modifyPassword(request: RequestOf<typeof modifyDtsJobPassword>) {
    return this.#send(modifyDtsJobPassword, request, "repeatable");
  }

  transferPayType(request: RequestOf<typeof transferPayType>) {
    return this.#send(transferPayType, request, "repeatable");
  }

  deleteJob(request: RequestOf<typeof deleteDtsJob>) {
    return this.#send(deleteDtsJob, request, "repeatable");
  }

  jobDetail(request: RequestOf<typeof describeDtsJobDetail>) {
    return this.#send(describeDtsJobDetail, request, "repeatable");
  }

  jobs(request: RequestOf<typeof describeDtsJobs>) {
    return this.#send(describeDtsJobs, { Region: this.#region, ...request }, "repeatable");
  }

  createGroup(request: RequestOf<typeof createConsumerChannel>) {
    return this.#send(createConsumerChannel, request, "once");
  }

  groups(request: RequestOf<typeof describeConsumerChannel>) {
    return this.#send(describeConsumerChannel, request, "repeatable");
  }

  modifyGroup(request: RequestOf<typeof modifyConsumerChannel>) {
    return this.#send(modifyConsumerChannel, request, "repeatable");
  }

  deleteGroup(request: RequestOf<typeof deleteConsumerChannel>) {
    return this.#send(deleteConsumerChannel, request, "repeatable");
  }

  tag(request: RequestOf<typeof tagResources>) {
    return this.#send(tagResources, request, "repeatable");
  }

  untag(request: RequestOf<typeof untagResources>) {
    return this.#send(untagResources, request, "repeatable");
  }

  tags(request: RequestOf<typeof listTagResources>) {
    return this.#send(listTagResources, request, "repeatable");
  }
}
