import type { DeliveryOrder } from "../../contract/limits/rocketmq.ts";
import type { NetworkInfo, ProductInfo } from "../../contract/rocketmq/order.ts";
import type { RetryPolicy } from "../../contract/rocketmq/params.ts";
import type { Renewal } from "../core/kit/ports.ts";

type InstanceStatus = "CREATING" | "RUNNING" | "CHANGING";
/** States of topics and groups. */
type MemberStatus = "CREATING" | "RUNNING";

export interface Instance {
  readonly instanceId: string;
  readonly region: string;
  readonly name: string;
  readonly remark: string;
  readonly status: InstanceStatus;
  readonly serviceCode: string;
  readonly seriesCode: string;
  readonly subSeriesCode: string;
  readonly commodityCode: string;
  readonly paymentType: "PayAsYouGo" | "Subscription";
  readonly expiresAtMs?: number;
  readonly renewal: Renewal;
  readonly resourceGroupId: string;
  readonly network: NetworkInfo;
  readonly product: ProductInfo;
  readonly acl: { readonly aclTypes: readonly string[]; readonly defaultVpcAuthFree: boolean };
  readonly maintainTime: string;
  /** Where its clients were listened for last; undefined before they ever were. */
  readonly messagingPort?: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Topic {
  readonly instanceId: string;
  readonly name: string;
  readonly messageType: string;
  readonly remark: string;
  readonly status: MemberStatus;
  readonly maxSendTps?: number | undefined;
  readonly liteTopicExpiration?: number | undefined;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Group {
  readonly instanceId: string;
  readonly groupId: string;
  readonly order: DeliveryOrder;
  readonly retry: RetryPolicy;
  readonly remark: string;
  readonly status: MemberStatus;
  readonly maxReceiveTps?: number | undefined;
  readonly messageModel?: string | undefined;
  readonly topicName?: string | undefined;
  readonly exclusive?: boolean | undefined;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Account {
  readonly instanceId: string;
  readonly username: string;
  /** Sealed, not hashed: GetInstanceAccount gives it back. */
  readonly sealedPassword: string;
  readonly remark: string;
  readonly status: "ENABLE" | "DISABLE";
  readonly type: "DEFAULT" | "CUSTOM";
}

/** What a right is about; there is at most one of each. */
export type AclKey = Pick<Acl, "instanceId" | "username" | "resourceType" | "resourceName">;

export interface Acl {
  readonly instanceId: string;
  readonly username: string;
  readonly resourceType: string;
  readonly resourceName: string;
  readonly actions: readonly string[];
  readonly decision: string;
  readonly ipWhitelists: readonly string[];
}
