import { isLoopbackHost, LOCAL_ENDPOINT } from "../../../contract/local.ts";
import { PRODUCTS, type ProductName, publishedHost } from "../../../contract/products.ts";
import { ProviderError } from "./errors.ts";
import { configuredKeys, environmentKeys, type Keys, type KeysSource, LOCAL_KEYS } from "./keys.ts";

/** Where one product is called. */
export interface Endpoint {
  readonly protocol: "http" | "https";
  /** Host and, where it is not the protocol's own, port. */
  readonly host: string;
  /** Protocol and host, for messages. */
  readonly address: string;
  readonly isLoopback: boolean;
  /** Where it is said, for messages: `changetracking:endpoint`. */
  readonly setBy: string;
}

/** Which cloud, with which keys. */
export interface Settings {
  /** `assumed` means that nobody said where to go, so the local service's default address is tried. */
  readonly target: "cloud" | "configured" | "assumed";
  /** Region of resources that name none. */
  readonly region: string;
  /** Where that region is said, for messages. */
  readonly regionSetBy: string;
  /** Whether the environment decides, which a refresh or a destroy sees as it is now. */
  readonly hasEndpointOfEnvironment: boolean;
  readonly hasKeysOfEnvironment: boolean;
  /** Whether this run takes over what exists already, whatever the inputs `adoptExisting` say. */
  readonly adoptsExisting: boolean;
  /** Whether the program itself starts the service, so that nobody answers before it has run. */
  readonly isServiceInProgram: boolean;
  endpointOf(product: ProductName, region: string): Endpoint;
  /** Undefined means the official chain of credentials. */
  keysFor(endpoint: Endpoint): Keys | undefined;
  keysSource(endpoint: Endpoint): KeysSource;
}

/** Reads one value of the stack's configuration by its full key, such as `changetracking:endpoint`. */
export type ReadConfig = (key: string) => string | undefined;
export type Environment = Readonly<Record<string, string | undefined>>;

export const DEFAULT_REGION = "cn-hangzhou";
const NAMESPACE = "changetracking";

/**
 * Reads the configuration once. The environment (CHANGE_TRACKING_ENDPOINT, CHANGE_TRACKING_ACCESS_KEY_ID,
 * CHANGE_TRACKING_ACCESS_KEY_SECRET, CHANGE_TRACKING_SECURITY_TOKEN, CHANGE_TRACKING_REGION) wins over the stack's
 * configuration: a destroy or a refresh gets the configuration of the last update from the state, so without it a
 * service that has moved could not be reached any more. CHANGE_TRACKING_ADOPT_EXISTING=true is for one run, after
 * one that was cut off.
 * Throws ProviderError `InvalidConfiguration` when something cannot be understood.
 */
export function readSettings(read: ReadConfig, environment: Environment): Settings {
  const get = (key: string) => emptyToUndefined(read(`${NAMESPACE}:${key}`));
  const fromEnvironment = emptyToUndefined(environment.CHANGE_TRACKING_ENDPOINT);
  const configured = get("endpoint");
  const wished = readTarget(get("target"));
  if (wished === "cloud" && configured !== undefined) {
    throw invalid(
      "changetracking:target is cloud while changetracking:endpoint is set too; remove one of them " +
        "(`pulumi config rm changetracking:endpoint`)",
    );
  }
  const target = fromEnvironment === undefined ? wished : "local";
  const perProduct = fromEnvironment === undefined ? readEndpoints(get("endpoints")) : new Map();
  const one = fromEnvironment ?? configured;
  const what = fromEnvironment === undefined ? "changetracking:endpoint" : "CHANGE_TRACKING_ENDPOINT";
  const shared = one === undefined ? undefined : parseEndpoint(one, what);
  const ofEnvironment = environmentKeys(environment);
  const keys = ofEnvironment ?? configuredKeys(get);
  const assumed = parseEndpoint(LOCAL_ENDPOINT, "the local service");
  const isConfigured = shared !== undefined || perProduct.size > 0;
  const regionOfEnvironment = emptyToUndefined(environment.CHANGE_TRACKING_REGION);
  return {
    target: target === "cloud" ? "cloud" : isConfigured ? "configured" : "assumed",
    region: regionOfEnvironment ?? get("region") ?? DEFAULT_REGION,
    regionSetBy: regionOfEnvironment === undefined ? "changetracking:region" : "CHANGE_TRACKING_REGION",
    hasEndpointOfEnvironment: fromEnvironment !== undefined,
    hasKeysOfEnvironment: ofEnvironment !== undefined,
    adoptsExisting: environment.CHANGE_TRACKING_ADOPT_EXISTING === "true",
    isServiceInProgram: readFlag(get("serviceInProgram"), "changetracking:serviceInProgram"),
    endpointOf: (product, region) => {
      const own = perProduct.get(product) ?? shared;
      if (own !== undefined) return own;
      return target === "cloud" ? publishedEndpoint(product, region) : assumed;
    },
    keysFor: (endpoint) => keys ?? (endpoint.isLoopback ? LOCAL_KEYS : undefined),
    keysSource: (endpoint) => {
      if (keys !== undefined) return ofEnvironment === undefined ? "configuration" : "environment";
      return endpoint.isLoopback ? "local" : "chain";
    },
  };
}

/** What to do when nobody answers; only the assumed address needs to be explained at length. */
export function adviceWhenUnreachable(
  settings: Settings,
  address: string,
  setBy = "changetracking:endpoint",
): string {
  if (settings.target === "cloud") {
    return `Nothing answers at ${address}. Look at ${setBy}, the network and, where one is needed, HTTPS_PROXY.`;
  }
  if (settings.target !== "assumed") {
    return `Nothing answers at ${address}. Start the service there, or change ${setBy}.`;
  }
  return (
    `No endpoint is configured, and no local service answers at ${address}. ` +
    "Start it with `npx change-tracking-service` (in the repository: `npm run service`), " +
    "or say where it is: `pulumi config set changetracking:endpoint http://HOST:PORT`, " +
    "or go to the real cloud: `pulumi config set changetracking:target cloud`."
  );
}

const REGION_SET_BY = "the region (the input `region`, CHANGE_TRACKING_REGION or changetracking:region)";

function readTarget(value: string | undefined): "cloud" | "local" {
  if (value === undefined || value === "local") return "local";
  if (value === "cloud") return "cloud";
  throw invalid(`changetracking:target must be "cloud" or "local", got "${value}"`);
}

function readFlag(value: string | undefined, key: string): boolean {
  if (value === undefined || value === "false") return false;
  if (value === "true") return true;
  throw invalid(`${key} must be true or false, got "${value}"`);
}

function readEndpoints(value: string | undefined): Map<ProductName, Endpoint> {
  if (value === undefined) return new Map();
  const known = Object.keys(PRODUCTS);
  const entries = Object.entries(parseObject(value));
  return new Map(
    entries.map(([product, address]) => {
      if (!known.includes(product)) {
        throw invalid(`changetracking:endpoints has no product "${product}"; there are ${known.join(", ")}`);
      }
      return [product as ProductName, parseEndpoint(String(address), `changetracking:endpoints.${product}`)];
    }),
  );
}

function parseObject(value: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Record<string, unknown>;
    }
  } catch {
    // falls through to the error below
  }
  throw invalid('changetracking:endpoints must be a JSON object such as {"dts": "http://127.0.0.1:8780"}');
}

/** Accepts `http://host:port`, `https://host` and a bare `host:port` (plain HTTP on this machine, else HTTPS). */
export function parseEndpoint(value: string, what: string): Endpoint {
  const hasProtocol = /^[a-z]+:\/\//i.test(value);
  let url: URL;
  try {
    url = new URL(hasProtocol ? value : `http://${value}`);
  } catch {
    throw invalid(`${what} must be an address such as http://127.0.0.1:8780, got "${value}"`);
  }
  if ((url.protocol !== "http:" && url.protocol !== "https:") || url.hostname === "" || url.username !== "") {
    throw invalid(`${what} must be a plain http or https address such as http://127.0.0.1:8780`);
  }
  const isLoopback = isLoopbackHost(url.hostname);
  const protocol = hasProtocol
    ? url.protocol === "http:"
      ? "http"
      : "https"
    : isLoopback
      ? "http"
      : "https";
  return { protocol, host: url.host, address: `${protocol}://${url.host}`, isLoopback, setBy: what };
}

function publishedEndpoint(product: ProductName, region: string): Endpoint {
  const host = publishedHost(product, region);
  return { protocol: "https", host, address: `https://${host}`, isLoopback: false, setBy: REGION_SET_BY };
}

function invalid(message: string): ProviderError {
  return new ProviderError("InvalidConfiguration", message);
}

function emptyToUndefined(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : value;
}
