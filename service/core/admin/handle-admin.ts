import type { IncomingMessage, ServerResponse } from "node:http";
import { ServiceError } from "../../../contract/errors/index.ts";
import { drained } from "../http/body.ts";
import { DISK_FULL_TEXT } from "../http/describe-failure.ts";
import { isDiskFull } from "../store/sqlite-store.ts";
import { checkAccess, checkOrigin } from "./check-access.ts";
import { faultRoutes } from "./fault-routes.ts";
import { keyRoutes } from "./key-routes.ts";
import { readJson } from "./read-body.ts";
import {
  AdminError,
  type AdminParts,
  type AdminRequest,
  type AdminRoute,
  badRequest,
  notFound,
} from "./route.ts";
import { stateRoutes } from "./state-routes.ts";
import { viewRoutes } from "./view-routes.ts";

/** Where the service's own pages live; no published path starts so. */
export const ADMIN_PREFIX = "/_service/";

const routes: readonly AdminRoute[] = [...viewRoutes, ...faultRoutes, ...keyRoutes, ...stateRoutes];

/** Answers one request below `/_service/`. Never throws. */
export async function handleAdmin(
  parts: AdminParts,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    checkOrigin(parts, req);
    const url = new URL(req.url ?? "/", "http://service");
    const path = url.pathname.slice(ADMIN_PREFIX.length).split("/").map(decodeURIComponent);
    const route = findRoute(req.method ?? "GET", path);
    if (!route.open) {
      checkAccess(parts, req);
      if (!parts.ready()) throw new AdminError(503, "NotReady", "the service is starting");
    }
    const body = await readJson(parts, route, req);
    const request: AdminRequest = { method: route.method, path, query: url.searchParams, body };
    const answer = await route.handle(parts, request);
    await drained(req);
    write(res, 200, answer, { forPeople: !route.whole });
  } catch (error) {
    await drained(req);
    refuse(parts, res, error);
  }
}

function findRoute(method: string, path: readonly string[]): AdminRoute {
  const fitting = routes.filter((route) => {
    const wanted = route.path.split("/");
    return (
      wanted.length === path.length && wanted.every((part, i) => part.startsWith(":") || part === path[i])
    );
  });
  const route = fitting.find((one) => one.method === method);
  if (route) return route;
  if (fitting.length === 0)
    throw notFound(`there is no ${ADMIN_PREFIX}${path.join("/")}; see docs/service.md`);
  throw new AdminError(405, "MethodNotAllowed", `use ${fitting.map((one) => one.method).join(" or ")}`);
}

function refuse(parts: AdminParts, res: ServerResponse, error: unknown): void {
  const known = error instanceof URIError ? badRequest("the path is not well encoded") : error;
  if (known instanceof AdminError || known instanceof ServiceError) {
    const close = known.httpStatus === 413 || known.httpStatus === 408;
    write(res, known.httpStatus, { error: { code: known.code, message: known.message } }, { close });
    return;
  }
  if (isDiskFull(error)) {
    write(res, 503, { error: { code: "DiskFull", message: DISK_FULL_TEXT } });
    return;
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parts.kernel.log.error("admin.failed", { reason });
  write(res, 500, { error: { code: "InternalError", message: "see the service's log" } });
}

interface Writing {
  readonly close?: boolean;
  /** Indented: these pages are read in browsers and terminals. */
  readonly forPeople?: boolean;
}

function write(
  res: ServerResponse,
  httpStatus: number,
  body: object,
  { close = false, forPeople = true }: Writing = {},
): void {
  if (res.headersSent || res.destroyed) return;
  const text = forPeople ? `${JSON.stringify(body, null, 2)}\n` : JSON.stringify(body);
  res.writeHead(httpStatus, {
    "content-type": "application/json;charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    ...(close ? { connection: "close" } : {}),
  });
  res.end(text);
}
