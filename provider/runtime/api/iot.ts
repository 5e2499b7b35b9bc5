import type { MessageFlag } from "../../../contract/limits/iot.ts";
import type { ApiClient } from "./client.ts";
import type { Repeat } from "./retry.ts";

export interface GroupRecord {
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly CreateTime?: string;
}

export interface ProductRecord {
  readonly ProductKey?: string;
  readonly ProductName?: string;
}

export type RelationFlags = Partial<Record<MessageFlag, boolean>>;

export interface RelationAnswer extends RelationFlags {
  readonly ConsumerGroupIds?: readonly string[];
}

export interface GroupStatusAnswer {
  readonly AccumulationCount: number;
  readonly ConsumerSpeed: number;
  readonly LastConsumerTime: string;
  readonly ClientConnectionStatusList: {
    readonly ConsumerGroupClientConnectionInfo?: readonly {
      readonly ClientId?: string;
      readonly ClientIpPort?: string;
    }[];
  };
}

/** Largest page that the lists give. */
export const IOT_PAGE_SIZE_MAX = 200;

/** IoT Platform in one instance: the actions that groups use, each typed as published. */
export class IotApi {
  readonly #client: ApiClient;
  readonly #place: IotPlace;

  constructor(client: ApiClient, place: IotPlace) {
    this.#client = client;
    this.#place = place;
  }

  createGroup(GroupName: string) {
    return this.#call<{ GroupId: string }>("CreateConsumerGroup", { GroupName }, "once");
  }

  renameGroup(GroupId: string, NewGroupName: string) {
    return this.#call("UpdateConsumerGroup", { GroupId, NewGroupName }, "repeatable");
  }

  deleteGroup(GroupId: string) {
    return this.#call("DeleteConsumerGroup", { GroupId }, "repeatable");
  }

  group(GroupId: string) {
    return this.#call<{ Data: GroupRecord }>("QueryConsumerGroupByGroupId", { GroupId }, "repeatable");
  }

  groups(GroupName: string, CurrentPage: number) {
    const page = { CurrentPage, PageSize: IOT_PAGE_SIZE_MAX };
    return this.#call<{ Data: { ConsumerGroupDTO?: readonly GroupRecord[] } }>(
      "QueryConsumerGroupList",
      { ...page, Fuzzy: true, GroupName },
      "repeatable",
    );
  }

  status(GroupId: string) {
    return this.#call<GroupStatusAnswer>("QueryConsumerGroupStatus", { GroupId }, "repeatable");
  }

  products(CurrentPage: number) {
    const page = { CurrentPage, PageSize: IOT_PAGE_SIZE_MAX };
    return this.#call<{ Data: { List?: { ProductInfo?: readonly ProductRecord[] } } }>(
      "QueryProductList",
      page,
      "repeatable",
    );
  }

  relation(ProductKey: string) {
    const request = { ProductKey, Type: "AMQP" };
    return this.#call<RelationAnswer>("QuerySubscribeRelation", request, "repeatable");
  }

  createRelation(ProductKey: string, groupId: string, flags: RelationFlags) {
    const request = { ProductKey, Type: "AMQP", ConsumerGroupIds: [groupId], ...flags };
    return this.#call("CreateSubscribeRelation", request, "once");
  }

  updateRelation(ProductKey: string, ConsumerGroupIds: readonly string[], flags: RelationFlags) {
    const request = { ProductKey, Type: "AMQP", ConsumerGroupIds, ...flags };
    return this.#call("UpdateSubscribeRelation", request, "repeatable");
  }

  deleteRelation(ProductKey: string) {
    return this.#call("DeleteSubscribeRelation", { ProductKey, Type: "AMQP" }, "repeatable");
  }

  addGroup(ProductKey: string, ConsumerGroupId: string) {
    const request = { ProductKey, ConsumerGroupId };
    return this.#call("CreateConsumerGroupSubscribeRelation", request, "repeatable");
  }

  removeGroup(ProductKey: string, ConsumerGroupId: string) {
    const request = { ProductKey, ConsumerGroupId };
    return this.#call("DeleteConsumerGroupSubscribeRelation", request, "repeatable");
  }

  #call<T extends object = object>(action: string, request: object, repeat: Repeat): Promise<Partial<T>> {
    const { region, iotInstanceId } = this.#place;
    const parameters = {
      RegionId: region,
      ...(iotInstanceId === undefined ? {} : { IotInstanceId: iotInstanceId }),
      ...request,
    };
    return this.#client.call<T>({ product: "iot", region, action, parameters }, { repeat });
  }
}

/** Where a group lives: an instance, or the public one of the region. */
export interface IotPlace {
  readonly region: string;
  readonly iotInstanceId?: string | undefined;
}
