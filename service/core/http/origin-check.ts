import type { IncomingMessage, ServerResponse } from "node:http";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { bareHost } from "../../../contract/host.ts";
import { isLoopbackHost } from "../../../contract/local.ts";
import type { ServiceOptions } from "../settings/service-options.ts";
import { drained } from "./body.ts";
import { TRANSPORT_ERRORS } from "./transport-errors.ts";
import { gatewayFailure, writeAnswer } from "./write-answer.ts";

type OriginOptions = Pick<ServiceOptions, "hosts" | "origins">;

/**
 * Keeps web pages out, before anything else is looked at. The default keys are public, and a form that a page
 * posts can carry a whole signed call; so a request must be sent to a name that no stranger can point here, and
 * a browser may send it for no page but the service's own and those that the settings list.
 */
export interface OriginCheck {
  /** Why nobody may come in with this request; undefined lets it pass. `"own"`: no published host, no listed page. */
  refusal(req: IncomingMessage, only?: "own"): OriginRefusal | undefined;
  /**
   * Marks the answer to a listed page, whose browser hands it over only then. True when that was all: browsers ask
   * ahead of such a call whether it is allowed.
   */
  applyCors(req: IncomingMessage, res: ServerResponse): boolean;
}

interface OriginRefusal {
  readonly reason: "host" | "origin";
  readonly message: string;
}

/** What browsers say of a page of ours and of what a person typed. Any other word is no reason to trust. */
const ownSites: ReadonlySet<unknown> = new Set(["same-origin", "none"]);

/** `productHosts` are the first labels of the published hosts. */
export function openOriginCheck(options: OriginOptions, productHosts: readonly string[]): OriginCheck {
  const origins = new Set(options.origins.map((one) => one.toLowerCase()));
  const names = new Set(options.hosts.map((one) => one.toLowerCase()));
  const published = publishedForm(productHosts);
  const listed = (req: IncomingMessage) =>
    req.headers.origin !== undefined && origins.has(req.headers.origin.toLowerCase());
  const isOwnName = (name: string, req: IncomingMessage) =>
    isLoopbackHost(name) || names.has(name) || bare(name) === bare(req.socket.localAddress ?? "");

  function isAllowedHost(host: string | undefined, req: IncomingMessage, only?: "own"): boolean {
    const name = hostName(host);
    return name !== undefined && (isOwnName(name, req) || (only === undefined && published.test(name)));
  }

  function isOwnOrigin(origin: string, req: IncomingMessage): boolean {
    const name = hostName(req.headers.host);
    const own = origin.toLowerCase().replace(/^https?:\/\//, "") === req.headers.host?.toLowerCase();
    return own && name !== undefined && isOwnName(name, req);
  }

  return {
    refusal(req, only) {
      const { host = "", origin } = req.headers;
      const strange = [host, ...named(req.url)].find((one) => !isAllowedHost(one, req, only));
      if (strange !== undefined) return hostRefusal(strange, only);
      const site = req.headers["sec-fetch-site"];
      if (origin === undefined && site === undefined) return undefined;
      if (only === undefined && listed(req)) return undefined;
      const foreign =
        (origin !== undefined && !isOwnOrigin(origin, req)) ||
        !(site === undefined || ownSites.has(site) || (site === "same-site" && origin !== undefined));
      return foreign ? pageRefusal(only) : undefined;
    },
    applyCors(req, res) {
      const { headers } = req;
      if (origins.size === 0 || headers.origin === undefined || !listed(req)) return false;
      res.setHeader("access-control-allow-origin", headers.origin);
      res.setHeader("vary", "origin");
      if (req.method !== "OPTIONS" || headers["access-control-request-method"] === undefined) return false;
      res.writeHead(204, {
        "access-control-allow-methods": "GET, POST, PUT, DELETE",
        "access-control-allow-headers": String(headers["access-control-request-headers"] ?? ""),
        "access-control-allow-private-network": "true",
        "access-control-max-age": "600",
      });
      res.end();
      return true;
    },
  };
}

/** Refuses in the gateway's form. */
export async function refuseOrigin(
  req: IncomingMessage,
  res: ServerResponse,
  refusal: OriginRefusal,
  requestId: string,
): Promise<void> {
  const error = errorOf(refusal);
  const meta = { requestId, hostId: req.headers.host ?? "", action: "" };
  const body = JSON.stringify(gatewayFailure(error, meta));
  await drained(req);
  writeAnswer(res, error.httpStatus, requestId, body, { close: true });
}

function errorOf({ reason, message }: OriginRefusal): ServiceError {
  const entry = reason === "host" ? GATEWAY_ERRORS.InvalidProductNotFound : TRANSPORT_ERRORS.OriginNotAllowed;
  return serviceError(entry, { detail: message });
}

function hostRefusal(host: string, only: "own" | undefined): OriginRefusal {
  const shown = JSON.stringify(host.slice(0, 100));
  const known = only === "own" ? "a loopback name" : "a loopback name or a product's published host";
  return {
    reason: "host",
    message: `The service does not answer here to the host ${shown}; use ${known}, or add the name under hosts in the settings.`,
  };
}

function pageRefusal(only: "own" | undefined): OriginRefusal {
  const message =
    only === "own"
      ? "Only the service's own page may call this."
      : "The service does not answer to web pages of other sites; with keys of your own, list a page's origin under origins in the settings.";
  return { reason: "origin", message };
}

/** Beside the product's own label stand an account, a network or a region; `localhost` in place of the domain. */
function publishedForm(hosts: readonly string[]): RegExp {
  const labels = hosts.map((one) => one.split("-")[0]).join("|");
  return new RegExp(
    `^(?:\\d+\\.)?(?:${labels})(?:-[a-z0-9-]+)?(?:\\.[a-z0-9-]+){0,2}\\.(?:aliyuncs\\.com|localhost)$`,
  );
}

/** Proxies send the whole URL in the request line; its host must be as welcome as the header's. */
function named(url: string | undefined): string[] {
  const authority = url?.startsWith("/") ? undefined : /^\w+:\/\/([^/?#]*)/.exec(url ?? "")?.[1];
  return authority === undefined ? [] : [authority];
}

/** Lower-case name of a Host header, without its port; undefined when it is none. */
function hostName(host: string | undefined): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i.exec(host ?? "")?.[1]?.toLowerCase();
}

/** An address without brackets, and without the prefix of an IPv4 client on an IPv6 socket. */
function bare(address: string): string {
  return bareHost(address).replace(/^::ffff:(?=\d+\.)/i, "");
}
