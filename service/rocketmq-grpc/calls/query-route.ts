import { isIPv4, isIPv6 } from "node:net";
import { topicOf } from "../resources.ts";
import { OK } from "../status.ts";
import { enums } from "../wire/generated/enums.ts";
import type {
  Broker,
  Endpoints,
  MessageQueue,
  QueryRouteRequest,
  QueryRouteResponse,
  Resource,
} from "../wire/generated/messages.d.ts";
import type { Draft } from "../wire/wire.ts";
import type { Call, Caller, Place, Room } from "./call.ts";

/** Messages are not parted by queues here; clients ask all queues of a topic side by side. */
export const QUEUES = 4;
const BROKER_NAME = "broker-0";
const HOST_CHARS_MAX = 255;
const PORT_MAX = 65_535;
const ADDRESSES_MAX = 16;

/** The queues of a topic, all at the place where the client has come. */
export const queryRoute: Call<QueryRouteRequest, QueryRouteResponse> = (request, caller, room) => {
  const { messageType } = topicOf(request.topic, room);
  const broker = brokerOf(request.endpoints, caller, room);
  return {
    status: OK,
    messageQueues: Array.from({ length: QUEUES }, (_, id) => ({
      ...queueOf(request.topic, id, broker),
      acceptMessageTypes: [enums.MessageType[messageType]],
    })),
  };
};

export function queueOf(topic: Resource | null, id: number, broker: Draft<Broker>): Draft<MessageQueue> {
  return { topic, id, permission: enums.Permission.READ_WRITE, broker };
}

/**
 * Clients know us by addresses of their own where there is a proxy or a mapped port in between: what they have reached us by
 * is right, but where it was set otherwise.
 */
export function brokerOf(
  endpoints: Endpoints | null,
  { reached }: Caller,
  { advertised }: Room,
): Draft<Broker> {
  const places = placesOf(endpoints);
  const all = (places.length > 0 ? places : [reached]).map((place) => ({ ...place, ...advertised }));
  const once = [...new Map(all.map((place) => [`${place.host}:${place.port}`, place])).values()];
  return {
    name: BROKER_NAME,
    id: 0,
    endpoints: { scheme: schemeOf(once[0]?.host ?? ""), addresses: once },
  };
}

function placesOf(endpoints: Endpoints | null): Place[] {
  return (endpoints?.addresses ?? [])
    .slice(0, ADDRESSES_MAX)
    .filter(({ host, port }) => host !== "" && host.length <= HOST_CHARS_MAX && port > 0 && port <= PORT_MAX)
    .map(({ host, port }) => ({ host, port }));
}

function schemeOf(host: string): number {
  const { IPv4, IPv6, DOMAIN_NAME } = enums.AddressScheme;
  if (isIPv4(host)) return IPv4;
  return isIPv6(host) ? IPv6 : DOMAIN_NAME;
}
