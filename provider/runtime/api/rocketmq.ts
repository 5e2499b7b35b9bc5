import type { AnswerFieldsOf, RequestOf } from "../../../contract/action.ts";
import {
  createConsumerGroup,
  deleteConsumerGroup,
  getConsumerGroup,
  updateConsumerGroup,
} from "../../../contract/rocketmq/consumer-groups.ts";
import {
  getConsumerGroupLag,
  getConsumerGroupSubscription,
  listConsumerConnections,
  listConsumerGroupSubscriptions,
} from "../../../contract/rocketmq/consumers.ts";
import { getInstance } from "../../../contract/rocketmq/instances.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";

/** A group as the service describes it. */
export type GroupFields = NonNullable<AnswerFieldsOf<typeof getConsumerGroup>["data"]>;

/** Names one group. */
type GroupPath = RequestOf<typeof getConsumerGroup>;

/** ApsaraMQ for RocketMQ 5.x in one region: the actions that groups use. */
export class RocketmqApi {
  readonly #send: CallAction;

  constructor(client: ApiClient, region: string) {
    this.#send = actionCaller(client, { region });
  }

  async instance(instanceId: string) {
    return (await this.#send(getInstance, { instanceId }, "repeatable")).data;
  }

  async group(path: GroupPath) {
    return (await this.#send(getConsumerGroup, path, "repeatable")).data;
  }

  createGroup(group: RequestOf<typeof createConsumerGroup>) {
    return this.#send(createConsumerGroup, group, "once");
  }

  updateGroup(group: RequestOf<typeof updateConsumerGroup>) {
    return this.#send(updateConsumerGroup, group, "repeatable");
  }

  deleteGroup(path: GroupPath) {
    return this.#send(deleteConsumerGroup, path, "repeatable");
  }

  async lag(path: GroupPath) {
    return (await this.#send(getConsumerGroupLag, path, "repeatable")).data;
  }

  async connections(path: GroupPath) {
    return (await this.#send(listConsumerConnections, path, "repeatable")).data?.connections ?? [];
  }

  /** Of one topic, by client. */
  async subscription(path: RequestOf<typeof getConsumerGroupSubscription>) {
    return (await this.#send(getConsumerGroupSubscription, path, "repeatable")).data ?? [];
  }

  async subscriptions(path: GroupPath) {
    return (await this.#send(listConsumerGroupSubscriptions, path, "repeatable")).data ?? [];
  }
}
