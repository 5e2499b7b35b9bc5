import { ROCKETMQ_ERRORS } from "../../../../../contract/errors/index.ts";
import { hasCode } from "../../../api/errors.ts";
import { RocketmqApi } from "../../../api/rocketmq.ts";
import type { Session } from "../../../host/session.ts";
import { usableAddresses } from "../../../observe/address.ts";
import { fromWire, type GroupInputs, toWire } from "./inputs.ts";
import type { GroupClient, Series } from "./series.ts";

/** ApsaraMQ for RocketMQ 5.x. */
export const series5: Series = {
  async find(session, inputs) {
    try {
      const record = await apiOf(session, inputs).group(pathOf(inputs));
      if (record === undefined) return undefined;
      return { state: record.status ?? "", drift: fromWire(inputs, record) };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  },

  async create(session, inputs) {
    const { remark, ...group } = toWire(inputs);
    const wanted = remark ? { ...group, remark } : group;
    await apiOf(session, inputs).createGroup({ ...pathOf(inputs), ...wanted });
  },

  async update(session, inputs) {
    await apiOf(session, inputs).updateGroup({ ...pathOf(inputs), ...toWire(inputs) });
  },

  async delete(session, inputs) {
    try {
      await apiOf(session, inputs).deleteGroup(pathOf(inputs));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  },

  async activity(session, inputs) {
    const api = apiOf(session, inputs);
    const path = pathOf(inputs);
    const connections = await api.connections(path);
    const subscriptions = await api.subscriptions(path);
    const lag = await api.lag(path);
    const mixed = subscriptions.filter(({ consistency }) => consistency === false);
    return {
      clients: connections.map(clientOf),
      topics: subscriptions.flatMap(({ topicName }) => topicName ?? []),
      unconsumed: lag?.totalLag?.readyCount ?? 0,
      differing: await differingOf(api, path, mixed, connections),
    };
  },

  async connection(session, inputs) {
    const record = await apiOf(session, inputs).instance(inputs.instance);
    const endpoints = (record?.networkInfo?.endpoints ?? []).map(
      ({ endpointType = "", endpointUrl }) =>
        [NETWORKS[endpointType] ?? endpointType.toLowerCase(), endpointUrl] as const,
    );
    return {
      protocol: "RocketMQ 5 gRPC",
      endpoints: usableAddresses(endpoints),
      userName: record?.accountInfo?.username || "<user name of the instance, see GetInstanceAccount>",
    };
  },

  isTaken: (error) => hasCode(error, ROCKETMQ_ERRORS.GroupExisted.code),
};

/** Topics whose clients are told one by one. */
const EXPLAINED_MAX = 5;

type Connections = Awaited<ReturnType<RocketmqApi["connections"]>>;
type Subscriptions = Awaited<ReturnType<RocketmqApi["subscriptions"]>>;

function clientOf({ clientId, hostname, language = "", version = "" }: Connections[number]): GroupClient {
  return { name: hostname ? `${clientId} (${hostname})` : `${clientId}`, language, version };
}

/** RMQ-7: who is not like most of them, in the topics where they are not all alike. */
async function differingOf(
  api: RocketmqApi,
  path: ReturnType<typeof pathOf>,
  mixed: Subscriptions,
  connections: Connections,
) {
  const differing = [];
  const topics = mixed.flatMap(({ topicName }) => topicName ?? []).sort();
  for (const topic of topics.slice(0, EXPLAINED_MAX)) {
    const alike = new Map<string, GroupClient[]>();
    const subscribed = await api.subscription({ ...path, topicName: topic });
    for (const { connectionDTO = {}, subscriptionDTO = {} } of subscribed) {
      const key = `${subscriptionDTO.filterExpressionType} ${subscriptionDTO.filterExpression}`;
      alike.set(key, [...(alike.get(key) ?? []), clientOf(connectionDTO)]);
    }
    const names = new Set(subscribed.map(({ connectionDTO }) => connectionDTO?.clientId));
    const without = connections.filter(({ clientId }) => !names.has(clientId));
    const sets = [...alike.values(), without.map(clientOf)].sort((one, other) => other.length - one.length);
    const clients = sets.slice(1).flat();
    if (clients.length > 0) differing.push({ topic, clients });
  }
  return differing;
}

/** What the published types of endpoints are. */
const NETWORKS: Readonly<Record<string, string>> = { TCP_VPC: "vpc", TCP_INTERNET: "public" };

function apiOf(session: Session, { region }: GroupInputs): RocketmqApi {
  return new RocketmqApi(session.api, region);
}

function pathOf({ instance, name }: GroupInputs) {
  return { instanceId: instance, consumerGroupId: name };
}

function isGone(error: unknown): boolean {
  return hasCode(error, ROCKETMQ_ERRORS.GroupNotFound.code, ROCKETMQ_ERRORS.InstanceNotFound.code);
}
