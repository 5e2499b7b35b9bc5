import { randomUUID } from "node:crypto";
import { percentEncode } from "../../contract/signature/encode.ts";
import { sha256Hex, signV3, stringToSignV3 } from "../../contract/signature/v3.ts";
import { signRpcV1, stringToSignRpcV1 } from "../../service/core/auth/rpc-v1.ts";

export type Scheme = "v1" | "v3";

export interface Call {
  readonly port: number;
  readonly action: string;
  readonly version: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly accessKeyId: string;
  readonly secret: string;
}

/** A whole signed HTTP request as its bytes go over the wire; every call gives another nonce. */
export function signedRequest(scheme: Scheme, call: Call): Buffer {
  return Buffer.from(scheme === "v1" ? rpcV1(call) : v3(call), "latin1");
}

/** The query of a V1 call by GET, its signature included. */
export function signedQueryV1(call: Omit<Call, "port">): string {
  const parameters = {
    ...call.parameters,
    Action: call.action,
    Version: call.version,
    Format: "JSON",
    AccessKeyId: call.accessKeyId,
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: randomUUID(),
    Timestamp: secondsNow(),
  };
  const signature = signRpcV1(call.secret, stringToSignRpcV1("GET", Object.entries(parameters)));
  return queryOf({ ...parameters, Signature: signature });
}

/** As `@alicloud/pop-core` sends by default: GET, everything in the query. */
function rpcV1(call: Call): string {
  return requestText("GET", signedQueryV1(call), {
    host: `127.0.0.1:${call.port}`,
    "x-acs-action": call.action,
    "x-acs-version": call.version,
    "user-agent": "AlibabaCloud (linux; x64) Node.js/v24 Core/1.8.0",
    connection: "keep-alive",
  });
}

/** As the generated SDKs send an action without a body: POST, parameters in the query. */
function v3(call: Call): string {
  const query = queryOf(call.parameters);
  const headers: Record<string, string> = {
    accept: "application/json",
    host: `127.0.0.1:${call.port}`,
    "user-agent": "AlibabaCloud (linux; x64) Node.js/v24 Core/1.0.1 TeaDSL/1",
    "x-acs-action": call.action,
    "x-acs-content-sha256": sha256Hex(""),
    "x-acs-credentials-provider": "static_ak",
    "x-acs-date": secondsNow(),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-version": call.version,
  };
  const signed = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-acs-"));
  const request = { method: "POST", rawPath: "/", rawQuery: query, headers, body: new Uint8Array() };
  const text = stringToSignV3(request, signed, sha256Hex(""), "/", query);
  headers.authorization = `ACS3-HMAC-SHA256 Credential=${call.accessKeyId},SignedHeaders=${signed.join(";")},Signature=${signV3(call.secret, text)}`;
  return requestText("POST", query, { ...headers, connection: "keep-alive", "content-length": "0" });
}

/** Sorted, so that it is also V3's canonical query. */
function queryOf(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${percentEncode(value)}`)
    .join("&");
}

function requestText(method: string, query: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} /?${query} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

function secondsNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
