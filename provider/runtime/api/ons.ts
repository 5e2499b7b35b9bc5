import type { ApiClient } from "./client.ts";
import type { Repeat } from "./retry.ts";

export interface InstanceInfo {
  readonly InstanceStatus?: number;
  readonly IndependentNaming?: boolean;
  readonly Endpoints?: Readonly<Record<string, string | undefined>>;
}

export interface GroupRecord {
  readonly GroupId?: string;
  readonly GroupType?: string;
  readonly Remark?: string;
}

export interface ConsumerStatus {
  readonly Online?: boolean;
  readonly TotalDiff?: number;
  readonly ConnectionSet?: {
    readonly ConnectionDo?: readonly { readonly ClientId?: string; readonly ClientAddr?: string }[];
  };
}

export interface SubscriptionDetail {
  readonly SubscriptionDataList?: {
    readonly SubscriptionDataList?: readonly { readonly Topic?: string }[];
  };
}

/** ApsaraMQ for RocketMQ 4.x in one instance: the actions that groups use, each typed as published. */
export class OnsApi {
  readonly #client: ApiClient;
  readonly #region: string;
  readonly #instance: string;
  readonly #look: boolean;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, instance: string, look = false) {
    this.#client = client;
    this.#region = region;
    this.#instance = instance;
    this.#look = look;
  }

  instanceInfo() {
    return this.#call<{ InstanceBaseInfo: InstanceInfo }>("OnsInstanceBaseInfo", {}, "repeatable");
  }

  groups(GroupId: string) {
    return this.#call<{ Data: { SubscribeInfoDo?: readonly GroupRecord[] } }>(
      "OnsGroupList",
      { GroupId },
      "repeatable",
    );
  }

  topics(Topic: string) {
    return this.#call<{ Data: { PublishInfoDo?: readonly { readonly Topic?: string }[] } }>(
      "OnsTopicList",
      { Topic },
      "repeatable",
    );
  }

  createGroup(group: { GroupId: string; GroupType?: string | undefined; Remark?: string | undefined }) {
    return this.#call("OnsGroupCreate", group, "once");
  }

  deleteGroup(GroupId: string) {
    return this.#call("OnsGroupDelete", { GroupId }, "repeatable");
  }

  status(GroupId: string) {
    return this.#call<{ Data: ConsumerStatus }>("OnsConsumerStatus", { GroupId }, "repeatable");
  }

  subscriptions(GroupId: string) {
    return this.#call<{ Data: SubscriptionDetail }>("OnsGroupSubDetail", { GroupId }, "repeatable");
  }

  #call<T extends object = object>(action: string, request: object, repeat: Repeat): Promise<Partial<T>> {
    const parameters = { InstanceId: this.#instance, ...request };
    const call = { product: "ons", region: this.#region, action, parameters } as const;
    return this.#client.call<T>(call, { repeat, look: this.#look });
  }
}
