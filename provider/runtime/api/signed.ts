import { randomUUID } from "node:crypto";
import { PRODUCTS } from "../../../contract/products.ts";
import {
  canonicalQueryV3,
  canonicalUriV3,
  sha256Hex,
  signV3,
  stringToSignV3,
  V3_ALGORITHM,
} from "../../../contract/signature/v3.ts";
import { flatten } from "../../../contract/wire/flatten.ts";
import type { Keys } from "../host/keys.ts";
import { VERSION } from "../host/version.ts";
import type { HttpRequest } from "./http.ts";
import type { ApiRequest } from "./request.ts";

/**
 * A call as it goes over the wire, signed by ACS3-HMAC-SHA256. RPC parameters go in the form body, not in the address,
 * so that a password is in nobody's access log.
 */
export function signedRequest(call: ApiRequest, host: string, keys: Keys, now = new Date()): HttpRequest {
  const { style, version } = PRODUCTS[call.product];
  const { body, contentType } = style === "ROA" ? jsonBody(call) : formBody(call);
  const pairs = style === "ROA" ? flatten(call.parameters ?? {}) : [];
  const query = canonicalQueryV3(pairs);
  const path = call.route?.path ?? "/";
  const method = call.route?.method ?? "POST";
  const digest = sha256Hex(body);
  const headers: Record<string, string> = {
    accept: "application/json",
    "user-agent": `pulumi-change-tracking/${VERSION}`,
    host,
    "x-acs-version": version,
    "x-acs-action": call.action,
    "x-acs-date": now.toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-content-sha256": digest,
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    ...(keys.securityToken === undefined ? {} : { "x-acs-security-token": keys.securityToken }),
  };
  const signed = Object.keys(headers).filter(isSigned).sort();
  const unsigned = { method, rawPath: path, rawQuery: query, headers, body: Buffer.from(body) };
  const text = stringToSignV3(unsigned, signed, digest, canonicalUriV3(path), query);
  const signature = signV3(keys.accessKeySecret, text);
  const credential = `Credential=${keys.accessKeyId},SignedHeaders=${signed.join(";")}`;
  return {
    method,
    target: query === "" ? path : `${path}?${query}`,
    headers: { ...headers, authorization: `${V3_ALGORITHM} ${credential},Signature=${signature}` },
    body,
    timeoutMs: call.timeoutMs,
  };
}

interface Body {
  readonly body: string;
  readonly contentType: string | undefined;
}

function formBody(call: ApiRequest): Body {
  const pairs = flatten(call.parameters ?? {});
  const body = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return { body: body.join("&"), contentType: "application/x-www-form-urlencoded" };
}

function jsonBody(call: ApiRequest): Body {
  if (call.body === undefined) return { body: "", contentType: undefined };
  return { body: JSON.stringify(call.body), contentType: "application/json; charset=utf-8" };
}

function isSigned(name: string): boolean {
  return name.startsWith("x-acs-") || name === "host" || name === "content-type";
}
