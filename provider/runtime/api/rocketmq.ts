import type { DeliveryOrder, RetryPolicyName } from "../../../contract/limits/rocketmq.ts";
import type { ApiClient } from "./client.ts";
import type { Repeat } from "./retry.ts";

/** How the API writes what happens to a failed message. */
export interface RetryRecord {
  readonly retryPolicy?: RetryPolicyName;
  readonly maxRetryTimes?: number;
  readonly fixedIntervalRetryTime?: number;
  readonly deadLetterTargetTopic?: string;
}

export interface GroupChange {
  readonly deliveryOrderType: DeliveryOrder;
  readonly consumeRetryPolicy: RetryRecord;
  readonly remark?: string;
}

export interface GroupRecord extends Partial<GroupChange> {
  readonly consumerGroupId?: string;
  readonly status?: string;
}

export interface InstanceRecord {
  readonly status?: string;
  readonly accountInfo?: { readonly username?: string };
  readonly networkInfo?: {
    readonly endpoints?: readonly { readonly endpointType?: string; readonly endpointUrl?: string }[];
  };
}

export interface ConnectionRecord {
  readonly clientId?: string;
  readonly hostname?: string;
}

interface Answer<T> {
  readonly data: T;
}

/** ApsaraMQ for RocketMQ 5.x in one region: the actions that groups use, each typed as published. */
export class RocketmqApi {
  readonly #client: ApiClient;
  readonly #region: string;
  readonly #look: boolean;

  /** `look` makes every call one short try, for check. */
  constructor(client: ApiClient, region: string, look = false) {
    this.#client = client;
    this.#region = region;
    this.#look = look;
  }

  instance(instance: string) {
    return this.#call<InstanceRecord>("GetInstance", "GET", instancePath(instance), "repeatable");
  }

  group(instance: string, name: string) {
    return this.#call<GroupRecord>("GetConsumerGroup", "GET", groupPath(instance, name), "repeatable");
  }

  createGroup(instance: string, name: string, group: GroupChange) {
    return this.#call<boolean>("CreateConsumerGroup", "POST", groupPath(instance, name), "once", group);
  }

  updateGroup(instance: string, name: string, group: GroupChange) {
    return this.#call<boolean>(
      "UpdateConsumerGroup",
      "PATCH",
      groupPath(instance, name),
      "repeatable",
      group,
    );
  }

  deleteGroup(instance: string, name: string) {
    return this.#call<boolean>("DeleteConsumerGroup", "DELETE", groupPath(instance, name), "repeatable");
  }

  lag(instance: string, name: string) {
    const path = `${groupPath(instance, name)}/lag`;
    return this.#call<{ readonly totalLag?: { readonly readyCount?: number } }>(
      "GetConsumerGroupLag",
      "GET",
      path,
      "repeatable",
    );
  }

  connections(instance: string, name: string) {
    const path = `${groupPath(instance, name)}/connections`;
    return this.#call<{ readonly connections?: readonly ConnectionRecord[] }>(
      "ListConsumerConnections",
      "GET",
      path,
      "repeatable",
    );
  }

  subscriptions(instance: string, name: string) {
    const path = `${groupPath(instance, name)}/subscriptions`;
    return this.#call<readonly { readonly topicName?: string }[]>(
      "ListConsumerGroupSubscriptions",
      "GET",
      path,
      "repeatable",
    );
  }

  async #call<T>(
    action: string,
    method: string,
    path: string,
    repeat: Repeat,
    body?: object,
  ): Promise<T | undefined> {
    const request = {
      product: "rocketmq",
      region: this.#region,
      action,
      route: { method, path },
      ...(body === undefined ? {} : { body: body as Readonly<Record<string, unknown>> }),
    } as const;
    return (await this.#client.call<Answer<T>>(request, { repeat, look: this.#look })).data;
  }
}

function instancePath(instance: string): string {
  return `/instances/${encodeURIComponent(instance)}`;
}

function groupPath(instance: string, name: string): string {
  return `${instancePath(instance)}/consumerGroups/${encodeURIComponent(name)}`;
}
