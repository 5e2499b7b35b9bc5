import type { Endpoint, Environment } from "../host/settings.ts";
import { PROXY_LOGIN } from "./answer.ts";
import type { ApiFailure, ConnectionProblem } from "./errors.ts";
import { type ExchangeError, TimedOut } from "./http.ts";

/** What a connection failed with, as Node and OpenSSL name it. Their texts may hold addresses with passwords. */
interface Cause {
  readonly code?: string;
  /** Read for OpenSSL's words alone. */
  readonly message?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly statusCode?: number;
  readonly errors?: readonly Cause[];
}

const NO_WAY = ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"];
const NO_NAME = ["ENOTFOUND", "EAI_NODATA", "EAI_NONAME", "ERR_INVALID_URL"];
/** Codes of a certificate that is refused begin so, or are one of these. */
const CERTIFICATE =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_INVALID)/;
const PLAIN_ANSWER = /wrong version number|packet length too long|http request|unknown protocol/i;

/** Names the cause of an exchange that gave no answer. */
export function connectionFailure(
  endpoint: Endpoint,
  environment: Environment,
  error: ExchangeError,
): ApiFailure {
  const cause = firstOf((error.cause ?? {}) as Cause);
  const proxy = proxyOf(endpoint, environment);
  const viaProxy = proxy === undefined ? undefined : proxyFailure(endpoint, proxy, cause);
  return (
    viaProxy ??
    (error.cause instanceof TimedOut ? tookTooLong(endpoint, proxy, error.isConnected) : undefined) ??
    tlsFailure(endpoint, cause) ??
    noWay(endpoint, cause) ??
    broken(endpoint, cause, error.isConnected)
  );
}

function proxyFailure(endpoint: Endpoint, proxy: URL, cause: Cause): ApiFailure | undefined {
  const name = `the proxy ${proxy.protocol}//${proxy.host}`;
  const from = `(from HTTPS_PROXY or HTTP_PROXY; NO_PROXY=${hostOf(endpoint)} goes past it)`;
  if (cause.code === "ERR_PROXY_TUNNEL") {
    const message =
      cause.statusCode === 407
        ? `${name} asks for a user and a password (HTTP status 407): ${PROXY_LOGIN}`
        : `${name} does not connect to ${endpoint.address} (HTTP status ${cause.statusCode ?? "unknown"}) ${from}`;
    return failure("refused", "ProxyFailed", message);
  }
  if (cause.code === "ERR_PROXY_INVALID_CONFIG") {
    return failure(
      "refused",
      "ProxyFailed",
      `HTTPS_PROXY or HTTP_PROXY is no address such as http://HOST:PORT`,
    );
  }
  const isItsOwn = NO_WAY.includes(cause.code ?? "")
    ? cause.port === Number(proxy.port || defaultPort(proxy.protocol)) && proxy.host !== endpoint.host
    : cause.hostname !== undefined && cause.hostname === proxy.hostname;
  if (!isItsOwn) return undefined;
  return failure(
    "unreachable",
    "ProxyFailed",
    `${name} cannot be reached: ${cause.code} ${from}`,
    cause.code,
  );
}

function tookTooLong(endpoint: Endpoint, proxy: URL | undefined, isConnected: boolean): ApiFailure {
  const through = proxy === undefined ? "" : ` through the proxy ${proxy.protocol}//${proxy.host}`;
  if (isConnected) {
    const message = `no answer from ${endpoint.address}${through} in time`;
    return { kind: "lost", code: "ETIMEDOUT", problem: "NoAnswer", message };
  }
  const message =
    `no connection to ${endpoint.address}${through} in time: something on the way drops it without an answer, or ` +
    `nobody has that address. Look at ${endpoint.setBy}, the network and, where one is needed, HTTPS_PROXY`;
  return failure("unreachable", "NoAnswer", message, "ETIMEDOUT");
}

function tlsFailure(endpoint: Endpoint, cause: Cause): ApiFailure | undefined {
  if (endpoint.protocol !== "https") return undefined;
  const { code = "", message: words = "" } = cause;
  if (CERTIFICATE.test(code)) {
    return failure("refused", "CertificateRefused", certificateText(endpoint, code), code);
  }
  if (code !== "EPROTO" && !code.startsWith("ERR_SSL")) return undefined;
  const reason = /:SSL routines:[^:]*:([^:]{1,80}):/.exec(words)?.[1] ?? code.replaceAll("_", " ");
  if (PLAIN_ANSWER.test(reason)) {
    const plain = `http://${endpoint.host}`;
    const message = `${endpoint.address} speaks http, not https: write ${plain} in ${endpoint.setBy}`;
    return failure("refused", "WrongProtocol", message, code);
  }
  const message = `no TLS connection to ${endpoint.address}: ${reason}. Look at ${endpoint.setBy}`;
  return failure("refused", "WrongProtocol", message, code);
}

function certificateText({ address, setBy }: Endpoint, code: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    return `the certificate of ${address} is for another name (${code}): write the name that it is for in ${setBy}`;
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return `the certificate of ${address} is not valid at this time (${code}): renew it there, or set this machine's clock`;
  }
  return (
    `the certificate of ${address} is not trusted here (${code}). Where it is the right service, name the file with ` +
    "its issuer's certificate in NODE_EXTRA_CA_CERTS; else somebody is between you and it"
  );
}

function noWay(endpoint: Endpoint, cause: Cause): ApiFailure | undefined {
  const { code = "" } = cause;
  if (NO_NAME.includes(code)) {
    const message = `there is no host ${hostOf(endpoint)} (${code}): correct ${endpoint.setBy}, or look at the name service`;
    return failure("refused", "HostNotFound", message, code);
  }
  if (code === "EAI_AGAIN") {
    const message = `the name service does not answer for ${hostOf(endpoint)} (${code})`;
    return failure("unreachable", "HostNotFound", message, code);
  }
  if (!NO_WAY.includes(code)) return undefined;
  return failure("unreachable", "Unreachable", `nothing answers at ${endpoint.address}`, code);
}

function broken(endpoint: Endpoint, cause: Cause, isConnected: boolean): ApiFailure {
  const code = cause.code ?? "ECONNRESET";
  if (isConnected) {
    const message = code.startsWith("HPE_")
      ? `what listens at ${endpoint.address} does not answer in HTTP`
      : `the connection to ${endpoint.address} broke before the answer`;
    return { kind: "lost", code, message };
  }
  const message = `the connection to ${endpoint.address} broke before it was ready: does ${endpoint.protocol} go there? See ${endpoint.setBy}`;
  return failure("unreachable", "Unreachable", message, code);
}

function failure(
  kind: ApiFailure["kind"],
  problem: ConnectionProblem,
  message: string,
  code: string = problem,
): ApiFailure {
  return { kind, code, problem, message };
}

/** The proxy that the environment names for an endpoint, whether or not NO_PROXY goes past it. */
function proxyOf({ protocol, isLoopback }: Endpoint, environment: Environment): URL | undefined {
  const name = `${protocol}_proxy`;
  const value = environment[name] ?? environment[name.toUpperCase()];
  if (isLoopback || value === undefined || value === "") return undefined;
  return URL.parse(value) ?? new URL("http://invalid");
}

/** All addresses of a name were tried: the first one's failure stands for them. */
function firstOf(cause: Cause): Cause {
  const [first] = cause.errors ?? [];
  return first ?? cause;
}

function hostOf(endpoint: Endpoint): string {
  return new URL(endpoint.address).hostname;
}

function defaultPort(protocol: string): number {
  return protocol === "https:" ? 443 : 80;
}
