import { resolve } from "node:path";
import { hostAndPort } from "../../../contract/host.ts";
import { withoutSecrets } from "../../../contract/secrets/index.ts";
import type { ActiveFault } from "../faults/fault-rules.ts";
import { type ProductRoom, productTitle } from "../kit/product-room.ts";
import { AdminError, type AdminParts, type AdminRoute } from "./route.ts";

/** Longer lists have pages of their own. */
const NAMED_MAX = 20;

/** Pages that only look. */
export const viewRoutes: readonly AdminRoute[] = [
  {
    method: "GET",
    path: "health",
    open: true,
    handle({ ready }) {
      if (!ready()) throw new AdminError(503, "NotReady", "the service is starting");
      return { status: "ready" };
    },
  },
  { method: "GET", path: "status", handle: (parts) => status(parts) },
  {
    method: "GET",
    path: "actions",
    handle: ({ rooms }) => ({
      products: Object.fromEntries(rooms.list.map((room) => [room.name, actionsOf(room)])),
    }),
  },
  {
    method: "GET",
    path: "journal",
    handle({ journal, options }, { query }) {
      const wanted = Number(query.get("limit") ?? options.limits.journalEntriesMax);
      const count = Number.isInteger(wanted) && wanted > 0 ? wanted : options.limits.journalEntriesMax;
      const product = query.get("product");
      const calls = journal.recent().filter((entry) => product === null || entry.product === product);
      return { total: journal.total, calls: calls.slice(0, count) };
    },
  },
];

/** What is served of a product, and what is published of it and is not. */
function actionsOf({ version, actions, notServed = [] }: ProductRoom): object {
  return {
    version,
    served: actions.map(({ name, summary, coverage }) => ({
      name,
      summary,
      ...(coverage === "whole" ? {} : { partial: coverage.missing }),
    })),
    notServed: notServed.map(({ name }) => name),
  };
}

function status(parts: AdminParts): object {
  const { options, rooms, kernel, clock } = parts;
  const { host, port } = parts.address();
  const keys = parts.keys.list();
  const faults = parts.faults.list();
  return {
    service: "change-tracking-service",
    version: parts.version,
    status: parts.ready() ? "ready" : "starting",
    address: `http://${hostAndPort(host, port)}`,
    dataFolder: options.dataFolder === undefined ? "in memory" : resolve(options.dataFolder),
    region: options.region,
    accountId: options.accountId,
    time: new Date(kernel.clock.now()).toISOString(),
    clockOffsetMs: clock.offsetMs,
    waitScale: options.waitScale,
    uptimeSeconds: Math.floor((performance.now() - parts.startedMs) / 1000),
    residentMegabytes: Math.round(process.memoryUsage.rss() / 1024 ** 2),
    keys: keys.length,
    accessKeyIds: keys.slice(0, NAMED_MAX).map((key) => key.accessKeyId),
    faults: faults.length,
    faultRules: faults.slice(0, NAMED_MAX).map(nameOfFault),
    noncesRemembered: parts.nonces.size,
    callsAnswered: parts.journal.total,
    sourceInstances: options.sourceInstances,
    settings: withoutSecrets(options.rooms),
    products: Object.fromEntries(
      rooms.list.map((room) => [
        room.name,
        {
          name: productTitle(room),
          version: room.version,
          style: room.style,
          actions: room.actions.length,
        },
      ]),
    ),
    rooms: rooms.status(),
  };
}

function nameOfFault({ id, kind, product, action, hits }: ActiveFault): string {
  return `${id}: ${kind} for ${product} ${action}, ${hits} hits`;
}
