import type { MessageFlag, NetType } from "../../contract/limits/iot.ts";

/** Where a thing lives. The public instance has the empty id and exists in every region. */
export interface Place {
  readonly instanceId: string;
  readonly region: string;
}

/** Where a list looks; without a region in all of them. */
export interface ListedPlaces {
  readonly instanceId: string;
  readonly region: string | undefined;
}

/** An instance with an id of its own, made by a seed, by the settings or by a control: no published call makes one. */
export interface Instance extends Place {
  readonly createdAtMs: number;
}

export interface Product extends Place {
  readonly productKey: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly description: string;
  /** 0 is a device, 1 a gateway. */
  readonly nodeType: number;
  readonly commodityCode: "iothub" | "iothub_senior";
  readonly authType: string;
  readonly dataFormat?: number | undefined;
  readonly netType?: NetType | undefined;
  readonly protocolType?: string | undefined;
  readonly categoryKey?: string | undefined;
  readonly validateType: number;
  readonly id2: boolean;
  readonly resourceGroupId: string;
  /** Sealed by the vault. */
  readonly sealedSecret: string;
}

export interface Group extends Place {
  readonly groupId: string;
  readonly name: string;
  readonly createdAtMs: number;
}

export type SubscriptionType = "AMQP" | "MNS";

/** A product's server-side subscription; it has at most one of each type. */
export interface Subscription {
  readonly productKey: string;
  readonly type: SubscriptionType;
  /** The message types that are forwarded; only those that take effect. */
  readonly flags: readonly MessageFlag[];
  /** AMQP: in the order in which they were added, never empty. MNS: empty. */
  readonly groupIds: readonly string[];
  /** JSON text, kept as it was sent. */
  readonly mnsConfiguration?: string | undefined;
  /** JSON text, kept as it was sent. */
  readonly subscribeFlags?: string | undefined;
}

/** A data forwarding rule. */
export interface Rule extends Place {
  readonly ruleId: number;
  readonly name: string;
  readonly status: "RUNNING" | "STOP";
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly productKey: string;
  readonly description: string;
  readonly dataType: string;
  readonly select: string;
  readonly where: string;
  readonly topic: string;
  readonly shortTopic: string;
  readonly topicType?: number | undefined;
  readonly resourceGroupId: string;
}

export interface RuleAction {
  readonly actionId: number;
  readonly ruleId: number;
  readonly type: string;
  /** The group that an AMQP action forwards to, empty for other types. It may have been deleted since. */
  readonly groupId: string;
  /** JSON text, kept as it was sent. */
  readonly configuration: string;
  readonly errorAction: boolean;
}
