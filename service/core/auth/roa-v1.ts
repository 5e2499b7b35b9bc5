import { createHmac } from "node:crypto";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { HIDDEN, isSecretName, pairsWithoutSecrets } from "../../../contract/secrets/index.ts";
import { anySigns, sameSignature } from "../../../contract/signature/compare.ts";
import { compareBytes } from "../../../contract/signature/encode.ts";
import { decodedPath } from "../../../contract/signature/path.ts";
import type { ClaimedSignature, SignedRequest, Verification } from "../../../contract/signature/types.ts";
import { type Pair, parsePairs } from "../../../contract/wire/query.ts";

const AUTHORIZATION = /^acs ([^:\s]+):(\S+)$/;
const BLANK = /[\t\r\n\f]/g;

/** Method, four plain headers, the `x-acs-` headers and the resource, each on a line of its own. */
export function stringToSignRoaV1(req: SignedRequest, resource: string): string {
  const { headers } = req;
  const fixed = [headers.accept, headers["content-md5"], headers["content-type"], headers.date];
  let text = req.method;
  for (const value of fixed) text += `\n${value ?? ""}`;
  text += "\n";
  for (const name of Object.keys(headers).sort()) {
    if (name.startsWith("x-acs-")) text += `${name}:${(headers[name] ?? "").replace(BLANK, " ").trim()}\n`;
  }
  return text + resource;
}

/** Path and, sorted by name, the decoded pairs; clients differ in how they write an empty value. */
export function resourceOf(path: string, pairs: readonly Pair[], emptyValue: "name" | "name="): string {
  if (pairs.length === 0) return path;
  const sorted = [...pairs].sort((a, b) => compareBytes(a[0], b[0]));
  const written = sorted.map(([name, value]) =>
    value === "" && emptyValue === "name" ? name : `${name}=${value}`,
  );
  return `${path}?${written.join("&")}`;
}

export function signRoaV1(secret: string, stringToSign: string): string {
  return createHmac("sha1", secret).update(stringToSign).digest("base64");
}

/**
 * Reads `Authorization: acs <id>:<signature>`. Fails with `IncompleteSignature`, `MissingDate` or
 * `InvalidSignatureMethod`. Two of the older clients send no nonce, so none is demanded.
 */
export function readRoaV1(req: SignedRequest): ClaimedSignature | ServiceError {
  const { headers } = req;
  const match = AUTHORIZATION.exec(headers.authorization ?? "");
  if (match === null) {
    return serviceError(GATEWAY_ERRORS.IncompleteSignature, {
      detail: "Authorization must read: acs <AccessKeyId>:<Signature>.",
    });
  }
  if (!headers.date) return serviceError(GATEWAY_ERRORS.Missing, { parameter: "Date" });
  const method = headers["x-acs-signature-method"];
  if (method && method !== "HMAC-SHA1") return serviceError(GATEWAY_ERRORS.InvalidSignatureMethod);
  const nonce = headers["x-acs-signature-nonce"];
  const securityToken = headers["x-acs-security-token"];
  return {
    scheme: "roa-v1",
    accessKeyId: match[1] ?? "",
    signature: match[2] ?? "",
    timestamp: headers.date,
    ...(nonce ? { nonce } : {}),
    ...(securityToken ? { securityToken } : {}),
  };
}

/** The usual form first; when it fails, the forms that single clients are known to sign. */
export function verifyRoaV1(req: SignedRequest, claim: ClaimedSignature, secret: string): Verification {
  const pairs = parsePairs(req.rawQuery);
  const stringToSign = stringToSignRoaV1(req, resourceOf(req.rawPath, pairs, "name"));
  if (sameSignature(signRoaV1(secret, stringToSign), claim.signature)) return { ok: true };
  const decoded = decodedPath(req.rawPath);
  const others = [
    resourceOf(req.rawPath, pairs, "name="),
    resourceOf(decoded, pairs, "name"),
    resourceOf(decoded, pairs, "name="),
    req.rawQuery === "" ? req.rawPath : `${req.rawPath}?${req.rawQuery}`,
  ].map((resource) => stringToSignRoaV1(req, resource));
  if (anySigns(others, (text) => signRoaV1(secret, text), claim.signature)) return { ok: true };
  return { ok: false, stringToSign };
}

/** The string to sign as it may be shown: secret headers and query values as `***`, else unchanged. */
export function roaV1WithoutSecrets(req: SignedRequest, stringToSign: string): string {
  const pairs = parsePairs(req.rawQuery);
  const shownPairs = pairsWithoutSecrets(pairs);
  const isSame = shownPairs.every(([, value], i) => value === pairs[i]?.[1]);
  const secretHeaders = Object.keys(req.headers).filter(
    (name) => name.startsWith("x-acs-") && isSecretName(name),
  );
  if (isSame && secretHeaders.length === 0) return stringToSign;
  const headers = { ...req.headers, ...Object.fromEntries(secretHeaders.map((name) => [name, HIDDEN])) };
  return stringToSignRoaV1({ ...req, headers }, resourceOf(req.rawPath, shownPairs, "name"));
}
