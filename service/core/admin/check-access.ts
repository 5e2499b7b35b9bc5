import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AdminError, type AdminParts } from "./route.ts";

/** Throws an AdminError for what no path answers to: a foreign host, a foreign page. */
export function checkOrigin(
  { originCheck }: Pick<AdminParts, "originCheck">,
  req: IncomingMessage,
  only?: "own",
): void {
  const refusal = originCheck.refusal(req, only);
  if (!refusal) return;
  const code = refusal.reason === "host" ? "HostNotAllowed" : "OriginNotAllowed";
  throw new AdminError(403, code, refusal.message);
}

/**
 * Keeps strangers out of `/_service/`: it is called by the service's own names and from its own page only. With a
 * service token in the settings every call needs `Authorization: Bearer <token>` besides. Throws an AdminError.
 */
export function checkAccess(parts: Pick<AdminParts, "originCheck" | "options">, req: IncomingMessage): void {
  checkOrigin(parts, req, "own");
  const { serviceToken } = parts.options;
  if (serviceToken !== undefined) checkToken(req.headers.authorization, serviceToken);
}

function checkToken(authorization: string | undefined, serviceToken: string): void {
  const given = /^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "";
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (timingSafeEqual(digest(given), digest(serviceToken))) return;
  throw new AdminError(401, "TokenNeeded", "send the service token as Authorization: Bearer <token>");
}
