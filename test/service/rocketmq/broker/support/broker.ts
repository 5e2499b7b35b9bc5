import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { systemClock } from "../../../../../service/core/kit/clock.ts";
import { openFileLogs } from "../../../../../service/log/file-logs.ts";
import { Broker } from "../../../../../service/rocketmq/broker/broker.ts";
import type { InstanceBroker } from "../../../../../service/rocketmq/broker/instance-broker.ts";
import type { GroupSpec, InstanceSpec, TopicSpec } from "../../../../../service/rocketmq/broker/spec.ts";
import { HeldStore } from "../../../../../service/rocketmq/broker/state/held-store.ts";
import { StateStore } from "../../../../../service/rocketmq/broker/state/state-store.ts";
import type { Delivery, NewMessage, ReceiveWish } from "../../../../../service/rocketmq-grpc/backend.ts";

export const INSTANCE = "rmq-cn-1";
const retention = { bytesMax: 1024 ** 3, ageSecondsMax: 86_400 };

export function topicSpec(name: string, messageType: TopicSpec["messageType"] = "NORMAL"): TopicSpec {
  return { name, id: `t-${name}`, messageType };
}

export function groupSpec(name: string, more: Partial<GroupSpec> = {}): GroupSpec {
  return { name, id: `g-${name}`, isOrdered: false, maxRetries: 2, retryMs: [1_000, 5_000], ...more };
}

export function instanceSpec(more: Partial<InstanceSpec> = {}): InstanceSpec {
  return {
    instanceId: INSTANCE,
    topics: [topicSpec("orders")],
    groups: [groupSpec("workers")],
    accounts: [],
    allowsAnonymous: true,
    makesGroups: false,
    ...more,
  };
}

/** A broker over real logs in a folder of its own; its clock moves when it is told. */
export class TestBroker {
  readonly folder = mkdtempSync(join(tmpdir(), "broker-"));
  readonly clock = systemClock();
  readonly notes: string[] = [];
  makeGroup: (name: string) => GroupSpec | undefined = () => undefined;
  broker!: Broker;
  #spec: InstanceSpec;

  private constructor(spec: InstanceSpec) {
    this.#spec = spec;
  }

  static async open(spec: InstanceSpec = instanceSpec()): Promise<TestBroker> {
    const test = new TestBroker(spec);
    await test.#open();
    onTestFinished(async () => {
      await test.broker.close().catch(() => undefined);
      test.clock.close();
      rmSync(test.folder, { recursive: true, force: true });
    });
    return test;
  }

  get backend(): InstanceBroker {
    const instance = this.broker.instance(INSTANCE);
    if (!instance) throw new Error("the instance is not served");
    return instance;
  }

  /** Closes and opens again on the same folder. */
  async reopen(spec: InstanceSpec = this.#spec): Promise<void> {
    this.#spec = spec;
    await this.broker.close();
    await this.#open();
  }

  async serve(spec: InstanceSpec): Promise<void> {
    this.#spec = spec;
    await this.broker.serve(spec);
  }

  /** Time passes. */
  pass(ms: number): void {
    this.clock.move(this.clock.offsetMs + ms);
  }

  send(topic: string, ...messages: readonly (string | Partial<NewMessage>)[]) {
    return this.backend.send(topic, messages.map(message));
  }

  receive(more: Partial<ReceiveWish> = {}, signal = new AbortController().signal) {
    return this.backend.receive({ ...wish, ...more }, signal);
  }

  async ack(delivery: Delivery, place = { group: "workers", topic: "orders" }): Promise<boolean> {
    return this.backend.ack(place, delivery.handle);
  }

  async #open(): Promise<void> {
    const logs = await openFileLogs(join(this.folder, "logs"), { retention, segmentBytes: 64 * 1024 });
    this.broker = new Broker({
      clock: this.clock,
      logs,
      state: new StateStore(join(this.folder, "groups.sqlite")),
      held: new HeldStore(join(this.folder, "held.sqlite")),
      makeGroup: async (_, name) => this.makeGroup(name),
      changed: () => undefined,
      note: (_, event) => void this.notes.push(event),
    });
    await this.broker.begin([this.#spec]);
  }
}

const wish: ReceiveWish = {
  group: "workers",
  topic: "orders",
  clientId: "client-1",
  filter: { type: "TAG", expression: "*" },
  messagesMax: 16,
  bytesMax: 1024 * 1024,
  invisibleMs: 30_000,
  waitMsMax: 0,
  isPush: false,
};

let lastId = 0;

export function message(given: string | Partial<NewMessage>): NewMessage {
  lastId += 1;
  const more = typeof given === "string" ? { body: Buffer.from(given) } : given;
  return {
    messageId: `id-${lastId}`,
    body: Buffer.from("body"),
    keys: [],
    properties: {},
    bornAtMs: 1,
    bornHost: "127.0.0.1:1",
    wire: { bodyDigestType: 1, bodyDigest: "0a", bodyEncoding: 1 },
    ...more,
  };
}

export function bodies(deliveries: readonly Delivery[]): string[] {
  return deliveries.map(({ message: { body } }) => Buffer.from(body).toString());
}
