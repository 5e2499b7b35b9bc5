import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isLoopbackHost } from "../../../contract/local.ts";
import type { ServiceOptions } from "../options.ts";
import { AdminError } from "./route.ts";

type AccessOptions = Pick<ServiceOptions, "hosts" | "serviceToken">;

/**
 * Keeps web pages and strangers out of `/_service/`. With a service token in the settings every call needs
 * `Authorization: Bearer <token>`. Without one the service listens on loopback only; then the Host must be a
 * loopback name or one of the settings (a page can point its own name here, but not change that header), and
 * so must a browser's Origin. Throws an AdminError.
 */
export function checkAccess(headers: IncomingHttpHeaders, options: AccessOptions): void {
  if (options.serviceToken !== undefined) {
    checkToken(headers.authorization, options.serviceToken);
    return;
  }
  if (!isAllowedHost(hostName(headers.host), options)) {
    throw new AdminError(
      403,
      "HostNotAllowed",
      `/_service/ does not answer to the host ${JSON.stringify(headers.host ?? "")}; use a loopback name, or add the name under hosts in the settings`,
    );
  }
  const { origin } = headers;
  if (origin !== undefined && !isAllowedHost(hostName(origin.replace(/^https?:\/\//, "")), options)) {
    throw new AdminError(403, "OriginNotAllowed", "/_service/ does not answer to web pages of other sites");
  }
}

function checkToken(authorization: string | undefined, serviceToken: string): void {
  const given = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "";
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (timingSafeEqual(digest(given), digest(serviceToken))) return;
  throw new AdminError(401, "TokenNeeded", "send the service token as Authorization: Bearer <token>");
}

function isAllowedHost(name: string, options: AccessOptions): boolean {
  return isLoopbackHost(name) || options.hosts.includes(name);
}

function hostName(host: string | undefined): string {
  return (host ?? "").toLowerCase().replace(/:\d+$/, "");
}
