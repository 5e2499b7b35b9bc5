import type { RequestOf } from "../../../contract/action.ts";
import {
  createConsumerChannel,
  deleteConsumerChannel,
  describeConsumerChannel,
  modifyConsumerChannel,
} from "../../../contract/dts/consumer-channels.ts";
import type * as dts from "../../../contract/dts/index.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";
import type { Repeat } from "./retry.ts";

type WithoutRegion<T> = Omit<T, "RegionId">;

/** Data Transmission Service in one region: the actions that the resources use, each typed as published. */
export class DtsApi {
  readonly #client: ApiClient;
  readonly #send: CallAction;
  readonly #region: string;
  readonly #look: boolean;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.#client = client;
    this.#send = actionCaller(client, { region, common: { RegionId: region }, look });
    this.#region = region;
    this.#look = look;
  }

  createInstance(request: WithoutRegion<dts.CreateDtsInstanceRequest>) {
    return this.#call<dts.CreateDtsInstanceAnswer>("CreateDtsInstance", request, "once");
  }

  configure(request: WithoutRegion<dts.ConfigureSubscriptionRequest>) {
    return this.#call<dts.ConfigureSubscriptionAnswer>("ConfigureSubscription", request, "repeatable");
  }

  start(request: WithoutRegion<dts.StartDtsJobRequest>) {
    return this.#call<dts.StartDtsJobAnswer>("StartDtsJob", request, "repeatable");
  }

  rename(request: WithoutRegion<dts.ModifyDtsJobNameRequest>) {
    return this.#call<dts.ModifyDtsJobNameAnswer>("ModifyDtsJobName", request, "repeatable");
  }

  modifySubscription(request: WithoutRegion<dts.ModifySubscriptionRequest>) {
    return this.#call<dts.ModifySubscriptionAnswer>("ModifySubscription", request, "repeatable");
  }

  modifyPassword(request: WithoutRegion<dts.ModifyDtsJobPasswordRequest>) {
    return this.#call<dts.ModifyDtsJobPasswordAnswer>("ModifyDtsJobPassword", request, "repeatable");
  }

  transferPayType(request: WithoutRegion<dts.TransferPayTypeRequest>) {
    return this.#call<dts.TransferPayTypeAnswer>("TransferPayType", request, "repeatable");
  }

  deleteJob(request: WithoutRegion<dts.DeleteDtsJobRequest>) {
    return this.#call<dts.DeleteDtsJobAnswer>("DeleteDtsJob", request, "repeatable");
  }

  jobDetail(request: WithoutRegion<dts.DescribeDtsJobDetailRequest>) {
    return this.#call<dts.DescribeDtsJobDetailAnswer>("DescribeDtsJobDetail", request, "repeatable");
  }

  jobs(request: WithoutRegion<dts.DescribeDtsJobsRequest>) {
    const region = { Region: this.#region, ...request };
    return this.#call<dts.DescribeDtsJobsAnswer>("DescribeDtsJobs", region, "repeatable");
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

  tag(request: WithoutRegion<dts.TagResourcesRequest>) {
    return this.#call<dts.TagResourcesAnswer>("TagResources", request, "repeatable");
  }

  untag(request: WithoutRegion<dts.UntagResourcesRequest>) {
    return this.#call<dts.UntagResourcesAnswer>("UntagResources", request, "repeatable");
  }

  tags(request: WithoutRegion<dts.ListTagResourcesRequest>) {
    return this.#call<dts.ListTagResourcesAnswer>("ListTagResources", request, "repeatable");
  }

  #call<T extends object>(action: string, request: object, repeat: Repeat): Promise<Partial<T>> {
    const parameters = { RegionId: this.#region, ...request };
    const call = { product: "dts", region: this.#region, action, parameters } as const;
    return this.#client.call<T>(call, { repeat, look: this.#look });
  }
}
