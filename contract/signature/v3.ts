import { createHmac, hash } from "node:crypto";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../errors/index.ts";
import { type Pair, parsePairs } from "../wire/query.ts";
import { anySigns, sameSignature } from "./compare.ts";
import { compareBytes, percentEncode } from "./encode.ts";
import { decodedPath } from "./path.ts";
import type { ClaimedSignature, SignedRequest, Verification } from "./types.ts";

export const V3_ALGORITHM = "ACS3-HMAC-SHA256";
const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const AUTHORIZATION =
  /^ACS3-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=(\S+)$/;

export function sha256Hex(data: string | Uint8Array): string {
  return data.length === 0 ? EMPTY_SHA256 : hash("sha256", data, "hex");
}

export function signV3(secret: string, stringToSign: string): string {
  return createHmac("sha256", secret).update(stringToSign).digest("hex");
}

/** Names and values encoded, sorted by name, as published. */
export function canonicalQueryV3(
  pairs: readonly Pair[],
  encodeName: (name: string) => string = percentEncode,
): string {
  const named: Pair[] = pairs.map(([name, value]) => [encodeName(name), value]);
  named.sort((a, b) => compareBytes(a[0], b[0]));
  let text = "";
  for (const [name, value] of named) text += `${text === "" ? "" : "&"}${name}=${percentEncode(value)}`;
  return text;
}

/** The path as sent with the three characters changed that encoders disagree on; not decoded. */
export function canonicalUriV3(rawPath: string): string {
  if (rawPath === "") return "/";
  if (!/[+*]|%7E/.test(rawPath)) return rawPath;
  return rawPath.replaceAll("+", "%20").replaceAll("*", "%2A").replaceAll("%7E", "~");
}

/** The string to sign for one reading of path and query; `hashedPayload` is of the bytes that arrived. */
export function stringToSignV3(
  req: SignedRequest,
  signedHeaders: readonly string[],
  hashedPayload: string,
  uri: string,
  query: string,
): string {
  let headers = "";
  for (const name of signedHeaders) headers += `${name}:${(req.headers[name] ?? "").trim()}\n`;
  const canonical = `${req.method}\n${uri}\n${query}\n${headers}\n${signedHeaders.join(";")}\n${hashedPayload}`;
  return `${V3_ALGORITHM}\n${sha256Hex(canonical)}`;
}

/**
 * Reads the `Authorization` header. Fails with `InvalidSignatureMethod` for another ACS3 algorithm, with
 * `IncompleteSignature` for a malformed header, and with `Missing{Name}` without date or nonce.
 */
export function readV3(req: SignedRequest): ClaimedSignature | ServiceError {
  const { headers } = req;
  const authorization = headers.authorization ?? "";
  if (!authorization.startsWith(`${V3_ALGORITHM} `))
    return serviceError(GATEWAY_ERRORS.InvalidSignatureMethod);
  const match = AUTHORIZATION.exec(authorization);
  if (match === null) {
    return serviceError(GATEWAY_ERRORS.IncompleteSignature, {
      detail: `Authorization must read: ${V3_ALGORITHM} Credential=<id>,SignedHeaders=<a;b>,Signature=<hex>.`,
    });
  }
  const timestamp = headers["x-acs-date"];
  if (!timestamp) return serviceError(GATEWAY_ERRORS.Missing, { parameter: "x-acs-date" });
  const nonce = headers["x-acs-signature-nonce"];
  if (!nonce) return serviceError(GATEWAY_ERRORS.Missing, { parameter: "x-acs-signature-nonce" });
  const securityToken = headers["x-acs-security-token"];
  return {
    scheme: "v3",
    accessKeyId: match[1] ?? "",
    signature: match[3] ?? "",
    timestamp,
    nonce,
    signedHeaders: (match[2] ?? "").toLowerCase().split(";"),
    ...(securityToken ? { securityToken } : {}),
  };
}

/** The usual form first; when it fails, the forms that single clients are known to sign. */
export function verifyV3(req: SignedRequest, claim: ClaimedSignature, secret: string): Verification {
  const signedHeaders = [...(claim.signedHeaders ?? [])].sort();
  const hashed = sha256Hex(req.body);
  const pairs = parsePairs(req.rawQuery);
  const query = canonicalQueryV3(pairs);
  const form = (uri: string, text: string) => stringToSignV3(req, signedHeaders, hashed, uri, text);
  const stringToSign = form(canonicalUriV3(req.rawPath), query);
  const problem = contentProblem(req, signedHeaders, hashed);
  if (problem !== undefined) return { ok: false, stringToSign, problem };
  if (sameSignature(signV3(secret, stringToSign), claim.signature)) return { ok: true };
  const queries = new Set([query, ...bareNames(pairs)]);
  const others = otherUris(req.rawPath).flatMap((uri) => [...queries].map((text) => form(uri, text)));
  if (anySigns(others, (text) => signV3(secret, text), claim.signature)) return { ok: true };
  return { ok: false, stringToSign };
}

/**
 * Most clients leave the names as they are. A name with a character that divides queries could then be read as several
 * parameters, signed by nobody: for such a name only the published form counts.
 */
function bareNames(pairs: readonly Pair[]): string[] {
  return pairs.some(([name]) => /[&=%\r\n]/.test(name)) ? [] : [canonicalQueryV3(pairs, (name) => name)];
}

/** The older TypeScript client changes the first occurrence only, the Python SDK nothing, Go may sign unescaped. */
function otherUris(rawPath: string): string[] {
  const firstOnly = rawPath.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  // Decoded, a path must still have the segments that the router sees.
  const decoded = /%(2f|3f|0a|0d)/i.test(rawPath) ? rawPath : decodedPath(rawPath);
  return [canonicalUriV3(rawPath), firstOnly || "/", rawPath || "/", decoded || "/"];
}

/** A signature only counts when it covers the host, every `x-acs-` header sent, and the body that arrived. */
function contentProblem(
  req: SignedRequest,
  signedHeaders: readonly string[],
  hashed: string,
): string | undefined {
  if (!signedHeaders.includes("host")) return "SignedHeaders must contain host.";
  for (const name of Object.keys(req.headers)) {
    if (name.startsWith("x-acs-") && !signedHeaders.includes(name)) {
      return `SignedHeaders must contain ${name}.`;
    }
  }
  const claimed = req.headers["x-acs-content-sha256"];
  if (claimed === undefined) return "The header x-acs-content-sha256 is mandatory.";
  return claimed.toLowerCase() === hashed
    ? undefined
    : "x-acs-content-sha256 is not the SHA-256 of the body.";
}
