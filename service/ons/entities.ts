import type { TaggedType } from "../../contract/ons/params.ts";

export interface Instance {
  readonly instanceId: string;
  readonly region: string;
  readonly name: string;
  readonly remark: string;
  /** Whether names of topics and groups are its own; without, they count over all instances. */
  readonly namespace: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Topic {
  readonly instanceId: string;
  readonly name: string;
  readonly messageType: number;
  readonly remark: string;
  readonly createdAtMs: number;
}

/** Delivery order and retry are the client's on 4.x: a group has none. */
export interface Group {
  readonly instanceId: string;
  readonly name: string;
  readonly groupType: "tcp" | "http";
  readonly remark: string;
  readonly readEnabled: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Tag {
  readonly type: TaggedType;
  readonly instanceId: string;
  /** Name of the topic or group; the instance's id for the instance itself. */
  readonly resourceId: string;
  readonly key: string;
  readonly value: string;
}
