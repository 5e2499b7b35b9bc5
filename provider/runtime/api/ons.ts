import type { RequestOf } from "../../../contract/action.ts";
import { onsConsumerStatus, onsGroupSubDetail } from "../../../contract/ons/consumers.ts";
import { onsGroupCreate, onsGroupDelete, onsGroupList } from "../../../contract/ons/groups.ts";
import { onsInstanceBaseInfo } from "../../../contract/ons/instances.ts";
import { onsTopicList } from "../../../contract/ons/topics.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";

/** ApsaraMQ for RocketMQ 4.x in one instance: the actions that groups use. */
export class OnsApi {
  readonly #send: CallAction;
  readonly #instance: string;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, instance: string, look = false) {
    this.#send = actionCaller(client, { region, common: { InstanceId: instance }, look });
    this.#instance = instance;
  }

  async instanceInfo() {
    return (await this.#send(onsInstanceBaseInfo, { InstanceId: this.#instance }, "repeatable"))
      .InstanceBaseInfo;
  }

  /** `GroupId` is a search for a part of the name. */
  async groups(GroupId: string) {
    return (await this.#send(onsGroupList, { GroupId }, "repeatable")).Data?.SubscribeInfoDo ?? [];
  }

  async topics(Topic: string) {
    return (await this.#send(onsTopicList, { Topic }, "repeatable")).Data?.PublishInfoDo ?? [];
  }

  createGroup(group: RequestOf<typeof onsGroupCreate>) {
    return this.#send(onsGroupCreate, group, "once");
  }

  deleteGroup(GroupId: string) {
    return this.#send(onsGroupDelete, { GroupId }, "repeatable");
  }

  async status(GroupId: string) {
    return (await this.#send(onsConsumerStatus, { GroupId }, "repeatable")).Data ?? {};
  }

  async subscriptions(GroupId: string) {
    const detail = (await this.#send(onsGroupSubDetail, { GroupId }, "repeatable")).Data;
    return detail?.SubscriptionDataList?.SubscriptionDataList ?? [];
  }
}
