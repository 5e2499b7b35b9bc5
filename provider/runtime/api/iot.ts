import type { AnswerFieldsOf } from "../../../contract/action.ts";
import {
  createConsumerGroup,
  deleteConsumerGroup,
  queryConsumerGroupByGroupId,
  queryConsumerGroupList,
  queryConsumerGroupStatus,
  updateConsumerGroup,
} from "../../../contract/iot/groups.ts";
import { queryProductList } from "../../../contract/iot/products.ts";
import {
  createConsumerGroupSubscribeRelation,
  createSubscribeRelation,
  deleteConsumerGroupSubscribeRelation,
  deleteSubscribeRelation,
  querySubscribeRelation,
  updateSubscribeRelation,
} from "../../../contract/iot/subscriptions.ts";
import type { MessageFlag } from "../../../contract/limits/iot.ts";
import { actionCaller, type CallAction } from "./call-action.ts";
import type { ApiClient } from "./client.ts";

export type GroupRecord = NonNullable<AnswerFieldsOf<typeof queryConsumerGroupByGroupId>["Data"]>;

export type RelationFlags = Pick<AnswerFieldsOf<typeof querySubscribeRelation>, MessageFlag>;

/** Where a group lives: an instance, or the public one of the region. */
export interface IotPlace {
  readonly region: string;
  readonly iotInstanceId?: string | undefined;
}

/** Largest page that the lists give. */
export const IOT_PAGE_SIZE_MAX = 200;

/** IoT Platform in one instance: the actions that groups use, each typed as published. */
export class IotApi {
  readonly #send: CallAction;

  constructor(client: ApiClient, { region, iotInstanceId }: IotPlace) {
    const common = { RegionId: region, IotInstanceId: iotInstanceId };
    this.#send = actionCaller(client, { region, common });
  }

  createGroup(GroupName: string) {
    return this.#send(createConsumerGroup, { GroupName }, "once");
  }

  renameGroup(GroupId: string, NewGroupName: string) {
    return this.#send(updateConsumerGroup, { GroupId, NewGroupName }, "repeatable");
  }

  deleteGroup(GroupId: string) {
    return this.#send(deleteConsumerGroup, { GroupId }, "repeatable");
  }

  group(GroupId: string) {
    return this.#send(queryConsumerGroupByGroupId, { GroupId }, "repeatable");
  }

  groups(GroupName: string, CurrentPage: number) {
    const page = { CurrentPage, PageSize: IOT_PAGE_SIZE_MAX };
    return this.#send(queryConsumerGroupList, { ...page, Fuzzy: true, GroupName }, "repeatable");
  }

  status(GroupId: string) {
    return this.#send(queryConsumerGroupStatus, { GroupId }, "repeatable");
  }

  products(CurrentPage: number) {
    return this.#send(queryProductList, { CurrentPage, PageSize: IOT_PAGE_SIZE_MAX }, "repeatable");
  }

  relation(ProductKey: string) {
    return this.#send(querySubscribeRelation, { ProductKey, Type: "AMQP" }, "repeatable");
  }

  createRelation(ProductKey: string, groupId: string, flags: RelationFlags) {
    const request = { ProductKey, Type: "AMQP", ConsumerGroupIds: [groupId], ...flags } as const;
    return this.#send(createSubscribeRelation, request, "once");
  }

  updateRelation(ProductKey: string, ConsumerGroupIds: readonly string[], flags: RelationFlags) {
    const request = { ProductKey, Type: "AMQP", ConsumerGroupIds, ...flags } as const;
    return this.#send(updateSubscribeRelation, request, "repeatable");
  }

  deleteRelation(ProductKey: string) {
    return this.#send(deleteSubscribeRelation, { ProductKey, Type: "AMQP" }, "repeatable");
  }

  addGroup(ProductKey: string, ConsumerGroupId: string) {
    return this.#send(createConsumerGroupSubscribeRelation, { ProductKey, ConsumerGroupId }, "repeatable");
  }

  removeGroup(ProductKey: string, ConsumerGroupId: string) {
    return this.#send(deleteConsumerGroupSubscribeRelation, { ProductKey, ConsumerGroupId }, "repeatable");
  }
}
