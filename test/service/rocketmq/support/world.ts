import type { MessageView } from "rocketmq-client-nodejs";
import { findLifecycle } from "../../../../service/rocketmq/engine/lifecycle.ts";
import { enums } from "../../../../service/rocketmq-grpc/wire/generated/enums.ts";
import { NodeClients } from "../../../support/messaging/node-clients.ts";
import { RawClient, type RawHeaders } from "../../../support/messaging/raw-client.ts";
import { until } from "../../dts/support/wait.ts";
import { type Answer, order, type Queues, retry, runningInstance, startQueues } from "./service.ts";

/** Within the network no account is asked for. */
const OPEN = { networkInfo: { ...order.networkInfo, vpcInfo: order.networkInfo.vpcInfo } };

/** A service with an instance that listens for official clients. */
export interface MessageWorld extends Queues {
  readonly id: string;
  /** Of the instance, in the API. */
  readonly path: string;
  /** Where its clients connect. */
  address(): Promise<string>;
  clients(): Promise<NodeClients>;
  /** Logged in as they are. */
  rawClient(headers?: RawHeaders): Promise<RawClient>;
  topic(name: string, messageType?: "NORMAL" | "FIFO" | "DELAY" | "TRANSACTION"): Promise<void>;
  group(name: string, more?: { deliveryOrderType?: string; consumeRetryPolicy?: object }): Promise<void>;
  /** What the service's status says of a group; undefined while it has nothing to say. */
  groupReport(name: string): Promise<GroupReport | undefined>;
  /** Closes clients and service. */
  close(): Promise<void>;
}

export interface GroupReport {
  readonly groupId: string;
  readonly clients: readonly { clientId: string }[];
  readonly notes: readonly string[];
  readonly topics: readonly { topic: string; deadLettered: number; discarded: number; inflight: number }[];
}

export async function openMessageWorld(
  options: Parameters<typeof startQueues>[0] = {},
): Promise<MessageWorld> {
  const queues = await startQueues(options);
  const { roa, service } = queues;
  const id = await runningInstance(roa, OPEN);
  const path = `/instances/${id}`;
  const all: { close(): Promise<void> | void }[] = [];
  const groups = new Set<string>();
  const address = () => addressOf(queues, id);
  const port = async () => Number((await address()).split(":").at(-1));
  const account = async () => {
    const { data } = await roa("GET", `${path}/account`);
    return data as { username: string; password: string };
  };
  // What keeps the messages hears of what was declared a moment later.
  const figures = () => {
    const kernel = service.running?.kernel;
    return kernel && findLifecycle(kernel)?.plane?.figures(id);
  };
  return {
    ...queues,
    id,
    path,
    address,
    async clients() {
      const { username, password } = await account();
      const made = new NodeClients(await port(), { accessKey: username, accessSecret: password });
      all.push(made);
      return made;
    },
    async rawClient(headers) {
      const made = new RawClient(await port(), { ...(await account()), ...headers });
      all.push(made);
      return made;
    },
    async topic(name, messageType = "NORMAL") {
      await roa("POST", `${path}/topics/${name}`, { body: { messageType } });
      await until(figures, (now) => now?.topics.some(({ topic }) => topic === name) ?? false);
    },
    async group(name, more = {}) {
      groups.add(name);
      await roa("POST", `${path}/consumerGroups/${name}`, { body: { consumeRetryPolicy: retry, ...more } });
      await until(figures, (now) => now?.groups.some(({ group }) => group === name) ?? false);
    },
    async groupReport(name) {
      const { rooms } = await service.admin("GET", "status");
      const { listeners } = (rooms as Answer).rocketmq as { listeners: { groups: GroupReport[] }[] };
      return listeners.flatMap(({ groups }) => groups).find(({ groupId }) => groupId === name);
    },
    async close() {
      const closed = Promise.all(all.map((clients) => clients.close()));
      // Else a push consumer waits for the end of its last poll, 20 s.
      for (const name of groups) await roa("DELETE", `${path}/consumerGroups/${name}`).catch(() => undefined);
      await closed;
      await queues.stop();
    },
  };
}

async function addressOf({ roa }: Queues, id: string): Promise<string> {
  const answer = await until(
    () => roa("GET", `/instances/${id}`),
    (one) => !endpointOf(one).includes(".invalid"),
  );
  return endpointOf(answer);
}

export function endpointOf({ data }: Answer): string {
  const { networkInfo } = data as { networkInfo: { endpoints: { endpointUrl: string }[] } };
  return networkInfo.endpoints[0]?.endpointUrl ?? "";
}

export const texts = (messages: readonly MessageView[]) => messages.map(({ body }) => body.toString());

/** What a consumer tells of itself first; `more` goes over it. */
export function consumerSettings(group: string, topics: readonly string[], more: object = {}): object {
  const subscriptions = topics.map((name) => ({
    topic: { name },
    expression: { type: enums.FilterType.TAG, expression: "*" },
  }));
  const subscription = { group: { name: group }, subscriptions };
  return { settings: { clientType: enums.ClientType.SIMPLE_CONSUMER, subscription, ...more } };
}
