import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hostAndPort } from "../contract/host.ts";
import { once } from "../contract/once.ts";
import { ADMIN_PREFIX, handleAdmin } from "./core/admin/handle-admin.ts";
import type { AdminParts } from "./core/admin/route.ts";
import { isBrowserAtRoot, welcome } from "./core/admin/welcome.ts";
import { openKeys } from "./core/auth/access-keys.ts";
import { openFaults } from "./core/faults/fault-rules.ts";
import { type Api, openApi } from "./core/http/api.ts";
import { bodyBudget } from "./core/http/body.ts";
import { openJournal } from "./core/http/journal.ts";
import { openOriginCheck, refuseOrigin } from "./core/http/origin-check.ts";
import { openPipelining } from "./core/http/pipelining.ts";
import { buildRouter } from "./core/http/router.ts";
import { refuseMalformed, refuseUnreadBody } from "./core/http/unreadable-request.ts";
import { type MovableClock, systemClock, systemRandom } from "./core/kit/clock.ts";
import type { Kernel } from "./core/kit/kernel.ts";
import { jsonLog, type Logger } from "./core/kit/log.ts";
import { openRooms, type Rooms } from "./core/kit/open-rooms.ts";
import { portBoard } from "./core/kit/port-board.ts";
import type { ProductRoom } from "./core/kit/product-room.ts";
import { applySeed } from "./core/kit/seed-file.ts";
import { checkListening, knownKeys } from "./core/settings/check-listening.ts";
import type { ServiceOptions } from "./core/settings/service-options.ts";
import { storePathOf } from "./core/store/data-folder.ts";
import { openStorage, type ServiceStorage } from "./core/store/open-storage.ts";
import { explainStartFailure } from "./core/store/start-failure.ts";
import manifest from "./package.json" with { type: "json" };

/** Imported by name it would bring along all that it can load lazily, fetch and HTTP/2 among it: 7 MB and 20 ms. */
const { createServer } = process.getBuiltinModule("node:http");

export const serviceVersion: string = manifest.version;

interface ServiceParts {
  readonly options: ServiceOptions;
  readonly rooms: readonly ProductRoom[];
  readonly log?: Logger;
  /** The time underneath the service's clock; for tests. */
  readonly now?: () => number;
}

export interface RunningService {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly kernel: Kernel;
  readonly clock: MovableClock;
  /** Calls whose work has not ended. */
  calls(): number;
  /** Ends running calls within the bound, closes the rooms and the store. Safe to repeat. */
  stop(): Promise<void>;
}

/**
 * Starts the service and returns when it is ready: folder taken, tables made, rooms open, seeds applied,
 * port listening. Throws an Error that says what to do; nothing stays open then.
 */
export async function openService(parts: ServiceParts): Promise<RunningService> {
  try {
    return await openParts(parts);
  } catch (error) {
    const { dataFolder } = parts.options;
    throw explainStartFailure(error, dataFolder === undefined ? undefined : storePathOf(dataFolder));
  }
}

async function openParts(parts: ServiceParts): Promise<RunningService> {
  const startedMs = performance.now();
  const { options } = parts;
  checkListening(options);
  const router = buildRouter(parts.rooms);
  const clock = systemClock(options.waitScale, parts.now);
  const log = parts.log ?? jsonLog(options.logLevel, () => clock.now());
  const storage = openStorage(options, log, () => clock.now());
  const { store, vault, serviceId } = storage;
  const ports = portBoard();
  const random = systemRandom();
  const kernel: Kernel = { clock, random, store, vault, ports, log, settings: options, serviceId };
  const server = createServer(serverBounds(options));
  let ready = false;
  let rooms: Rooms | undefined;
  try {
    const { limits } = options;
    const now = () => clock.now();
    const keys = openKeys(store, vault, now, knownKeys(options), limits.keysMax);
    const { nonces } = storage;
    const faults = openFaults(random, limits.faultRulesMax);
    const journal = openJournal(limits.journalEntriesMax);
    const { keyFingerprint } = storage;
    rooms = openRooms({ rooms: parts.rooms, kernel, store, ports, keyFingerprint });
    const originCheck = openOriginCheck(
      options,
      parts.rooms.map((room) => room.host),
    );
    const bodies = bodyBudget(limits.bodiesBytesMax);
    const api = openApi({ kernel, router, keys, nonces, faults, journal, limits, bodies });
    const { gate } = api;
    const address = () => addressOf(server);
    const work = { kernel, clock, options, rooms, keys, nonces, faults, journal, gate };
    const admin = {
      ...work,
      originCheck,
      bodies,
      snapshots: bodyBudget(limits.snapshotBytesMax),
      address,
      startedMs,
    };
    attach(server, api, { ...admin, ready: () => ready, version: serviceVersion }, options);
    await listen(server, options);
    const opening = rooms;
    await gate.alone(async () => {
      opening.open();
      await applySeed(options.seedPath, opening, store, now, log);
    });
    ready = true;
    const stop = once(() => stopAll(server, api, opening, clock, storage, options));
    return { ...address(), url: urlOf(address()), kernel, clock, calls: () => api.running, stop };
  } catch (error) {
    server.closeAllConnections();
    server.close();
    await rooms?.close();
    clock.close();
    storage.close();
    throw error;
  }
}

function serverBounds({ limits }: ServiceOptions) {
  return {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersMsMax,
    // Backstop behind the body's own deadline.
    requestTimeout: limits.headersMsMax + limits.bodyMsMax + 5_000,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: 1_000,
  };
}

function attach(server: Server, api: Api, admin: AdminParts, { limits }: ServiceOptions): void {
  server.maxConnections = limits.connectionsMax;
  const { originCheck, kernel } = admin;
  const serveInOrder = openPipelining();
  const onRequest = (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith(ADMIN_PREFIX)) {
      void handleAdmin(admin, req, res);
      return;
    }
    const refusal = originCheck.refusal(req);
    if (refusal) void refuseOrigin(req, res, refusal, kernel.random.uuid());
    else if (isBrowserAtRoot(req)) welcome(admin, res);
    else if (!originCheck.applyCors(req, res)) api.handle(req, res);
  };
  const onExpectation = (req: IncomingMessage, res: ServerResponse) => {
    const isOwn = req.url?.startsWith(ADMIN_PREFIX);
    if (refuseUnreadBody(req, res, isOwn ? limits.snapshotBytesMax : limits.bodyBytesMax)) return;
    res.writeContinue();
    onRequest(req, res);
  };
  server.on("request", (req, res) => serveInOrder(req, res, onRequest));
  server.on("checkContinue", (req, res) => serveInOrder(req, res, onExpectation));
  server.on("clientError", refuseMalformed);
}

function listen(server: Server, { host, port }: ServiceOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = error.code === "EADDRINUSE";
      const hint = inUse
        ? "another program uses the port; choose one with --port, or 0 for any free one"
        : error.message;
      reject(new Error(`cannot listen on ${host}:${port}: ${hint}`));
    });
    server.listen(port, host, () => resolve());
  });
}

function addressOf(server: Server): { host: string; port: number } {
  const { address, port } = server.address() as AddressInfo;
  return { host: address, port };
}

function urlOf({ host, port }: { host: string; port: number }): string {
  return `http://${hostAndPort(host, port)}`;
}

async function stopAll(
  server: Server,
  api: Api,
  rooms: Rooms,
  clock: MovableClock,
  storage: ServiceStorage,
  { limits }: ServiceOptions,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (!(await api.gate.drained(limits.drainMsMax))) {
    // The rest is cut off; its work was not answered, so nothing that was answered is lost.
    api.giveUp();
  }
  const patience = setTimeout(() => server.closeAllConnections(), 200);
  server.closeIdleConnections();
  await closed;
  clearTimeout(patience);
  await rooms.close();
  clock.close();
  storage.close();
}
