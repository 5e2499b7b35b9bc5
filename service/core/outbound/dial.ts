import { lookup as lookupName } from "node:dns/promises";
import { createConnection, isIP, type LookupFunction, type Socket } from "node:net";
import { bareHost } from "../../../contract/host.ts";
import { isLoopbackHost } from "../../../contract/local.ts";
import type { Settings } from "../settings/service-options.ts";
import { addressSet, classOf, meaningsOf } from "./addresses.ts";

/** The one way out: everything that connects to an address which somebody named goes through here. */
interface Destination {
  /** A name or an address, as it was given. */
  readonly host: string;
  readonly port: number;
  /** Looking up the name included. */
  readonly msMax: number;
  /** The settings name it, so that it may be internal wherever the service listens. */
  readonly isConfigured?: boolean;
}

/** An address that the policy forbids. Nothing was sent there. */
export class AddressNotAllowed extends Error {}

interface Address {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (host: string) => Promise<readonly Address[]>;

const resolveName: Resolve = (host) => lookupName(host, { all: true });

/**
 * Connects within the bound. The name is looked up once, its addresses are judged, and those and no others are
 * connected to; how an address is written makes no difference. Rejects with `AddressNotAllowed`, or with what the
 * network says.
 */
export async function dial(
  settings: Pick<Settings, "host" | "outbound">,
  destination: Destination,
  resolve: Resolve = resolveName,
): Promise<Socket> {
  const { msMax } = destination;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), msMax);
  const overdue = new Promise<never>((_, reject) => {
    late.signal.addEventListener("abort", () => reject(new Error(`no answer within ${msMax} ms`)));
  });
  const work = connectJudged(settings, destination, resolve, late.signal);
  try {
    return await Promise.race([work, overdue]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

async function connectJudged(
  settings: Pick<Settings, "host" | "outbound">,
  { host, port, isConfigured = false }: Destination,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<Socket> {
  const name = bareHost(host);
  const family = isIP(name);
  const found = family === 0 ? await resolve(name) : [{ address: name, family }];
  const judge = judgeOf(settings, isConfigured);
  const allowed = found.filter(({ address }) => judge(address) === undefined);
  if (found.length === 0) throw new Error("the name has no address");
  if (allowed.length === 0 && found[0]) throw new AddressNotAllowed(judge(found[0].address));
  signal.throwIfAborted();
  const judged: LookupFunction = (_, options, done) => {
    if (options.all) done(null, [...allowed]);
    else done(null, allowed[0]?.address ?? "", allowed[0]?.family);
  };
  const [only, second] = allowed;
  // With several, one after the other is tried, as for any name.
  const where = only && !second ? { host: only.address } : { host: name, lookup: judged };
  return new Promise((done, fail) => {
    const socket = createConnection({ ...where, port });
    signal.addEventListener("abort", () => socket.destroy());
    // Stays: a connection that breaks before its user listens would otherwise end the process.
    socket.on("error", fail);
    socket.once("connect", () => done(socket));
  });
}

/** Says why the service may not connect to an address; undefined when it may. */
function judgeOf({ host, outbound }: Pick<Settings, "host" | "outbound">, isConfigured: boolean) {
  const [allowed, denied] = [addressSet(outbound.allow), addressSet(outbound.deny)];
  return (address: string): string | undefined => {
    const kind = classOf(address);
    if (kind === "never") return "link-local, metadata and multicast addresses are never connected to";
    const meanings = meaningsOf(address);
    if (meanings.some(denied.has)) return "the settings forbid the address under outbound.deny";
    if (kind === "public" || isConfigured || isLoopbackHost(host) || meanings.some(allowed.has))
      return undefined;
    return "the address is internal, and the service is open to other machines; allow it under outbound.allow in the settings";
  };
}
