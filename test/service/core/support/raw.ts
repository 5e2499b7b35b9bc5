import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import type { Pair } from "../../../../contract/wire/query.ts";
import { signRoaV1, stringToSignRoaV1 } from "../../../../service/core/auth/roa-v1.ts";
import { signRpcV1, stringToSignRpcV1 } from "../../../../service/core/auth/rpc-v1.ts";
import type { TestService } from "../../../support/service.ts";

export interface RawAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

type Key = { accessKeyId: string; accessKeySecret: string; securityToken?: string };

/** System parameters of a V1 RPC call; `override` replaces or (by undefined) leaves out. */
export function rpcParams(
  key: Key,
  action: string,
  override: Readonly<Record<string, string | undefined>> = {},
): Pair[] {
  const all: Record<string, string | undefined> = {
    Action: action,
    Version: "2000-01-01",
    Format: "JSON",
    AccessKeyId: key.accessKeyId,
    SecurityToken: key.securityToken,
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: randomUUID(),
    Timestamp: isoSeconds(Date.now()),
    ...override,
  };
  return Object.entries(all).flatMap(([name, value]): Pair[] => (value === undefined ? [] : [[name, value]]));
}

export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function signedQuery(method: string, pairs: readonly Pair[], secret: string): string {
  const signature = signRpcV1(secret, stringToSignRpcV1(method, pairs));
  return new URLSearchParams([...pairs, ["Signature", signature]]).toString();
}

/** One V1 RPC call by hand, everything in the query. */
export async function rawRpc(
  service: TestService,
  action: string,
  override: Readonly<Record<string, string | undefined>> = {},
  more: { key?: Key; method?: string } = {},
): Promise<RawAnswer> {
  const key = more.key ?? service.key;
  const method = more.method ?? "GET";
  const query = signedQuery(method, rpcParams(key, action, override), key.accessKeySecret);
  // No pooled connection of before a restart may be used after it.
  return answerOf(await fetch(`${service.url}/?${query}`, { method, headers: { connection: "close" } }));
}

/** One V1 ROA call by hand; headers by undefined are left out. */
export async function rawRoa(
  service: TestService,
  path: string,
  override: Readonly<Record<string, string | undefined>> = {},
  more: { method?: string; body?: string } = {},
): Promise<RawAnswer> {
  const all: Record<string, string | undefined> = {
    accept: "application/json",
    date: new Date().toUTCString(),
    "content-type": more.body === undefined ? undefined : "application/json",
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-version": "2000-01-02",
    ...override,
  };
  const headers = JSON.parse(JSON.stringify(all)) as Record<string, string>;
  const method = more.method ?? "GET";
  const request = { method, rawPath: path, rawQuery: "", headers, body: new Uint8Array(0) };
  const signature = signRoaV1(service.key.accessKeySecret, stringToSignRoaV1(request, path));
  headers.authorization ??= `acs ${service.key.accessKeyId}:${signature}`;
  return answerOf(
    await fetch(service.url + path, {
      method,
      headers,
      ...(more.body === undefined ? {} : { body: more.body }),
    }),
  );
}

export async function answerOf(response: Response): Promise<RawAnswer> {
  const body = (await response.json()) as Record<string, unknown>;
  return {
    status: response.status,
    code: String(body.Code ?? ""),
    message: String(body.Message ?? ""),
    body,
    headers: response.headers,
  };
}

/** Sends bytes over a socket and gives back whatever comes until it closes, within a bound. */
export function overSocket(
  port: number,
  write: (send: (data: string | Uint8Array) => void) => void,
  msMax = 15_000,
): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1");
    const timer = setTimeout(() => socket.destroy(), msMax);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
    socket.on("connect", () => write((data) => socket.writable && socket.write(data)));
  });
}
