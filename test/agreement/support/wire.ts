import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { sha256Hex, signV3, stringToSignV3, V3_ALGORITHM } from "../../../contract/signature/v3.ts";
import { isoSeconds, rpcParams, signedQuery } from "../../service/core/support/raw.ts";
import type { TestService } from "../../support/service.ts";

export interface WireAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How the same values travel: `json` keeps their types, `form` is text alone. */
export type WireForm = "json" | "form";

/** Signed calls by hand over one kept connection: whatever is given is sent, judged by nobody. */
export interface Wire {
  call(action: string, parameters: Readonly<Record<string, unknown>>, form?: WireForm): Promise<WireAnswer>;
  close(): void;
}

const VERSION = "2020-01-01";

/** `now` is the time to sign with, for a service whose clock was moved. */
export function openWire(service: TestService, now: () => number = Date.now): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (path: string, headers: Record<string, string>, body: string) =>
    post(agent, service.port, path, headers, body);
  return {
    call(action, parameters, form = "json") {
      return form === "json"
        ? sendJson(service, send, now(), action, parameters)
        : sendForm(service, send, now(), action, parameters);
    },
    close: () => agent.destroy(),
  };
}

type Send = (path: string, headers: Record<string, string>, body: string) => Promise<WireAnswer>;

function sendJson(
  service: TestService,
  send: Send,
  nowMs: number,
  action: string,
  parameters: object,
): Promise<WireAnswer> {
  const body = JSON.stringify(parameters);
  const headers: Record<string, string> = {
    host: service.endpoint,
    "content-type": "application/json; charset=utf-8",
    "x-acs-action": action,
    "x-acs-version": VERSION,
    "x-acs-date": isoSeconds(nowMs),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-content-sha256": sha256Hex(body),
  };
  const signed = Object.keys(headers).sort();
  const unsigned = { method: "POST", rawPath: "/", rawQuery: "", headers, body: new Uint8Array(0) };
  const text = stringToSignV3(unsigned, signed, sha256Hex(body), "/", "");
  const signature = signV3(service.key.accessKeySecret, text);
  const credential = `Credential=${service.key.accessKeyId},SignedHeaders=${signed.join(";")}`;
  return send(
    "/",
    { ...headers, authorization: `${V3_ALGORITHM} ${credential},Signature=${signature}` },
    body,
  );
}

function sendForm(
  service: TestService,
  send: Send,
  nowMs: number,
  action: string,
  parameters: object,
): Promise<WireAnswer> {
  const texts = Object.fromEntries(
    flattened(parameters).map(([name, value]) => [name, String(value)] as const),
  );
  const pairs = rpcParams(service.key, action, { Version: VERSION, Timestamp: isoSeconds(nowMs), ...texts });
  const body = signedQuery("POST", pairs, service.key.accessKeySecret);
  return send("/", { "content-type": "application/x-www-form-urlencoded" }, body);
}

/** `{ Tag: [{ Key: "a" }] }` becomes `Tag.1.Key=a`; undefined and null are not sent. */
function flattened(value: object, prefix = ""): [string, unknown][] {
  return Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const name = prefix + (Array.isArray(value) ? String(Number(key) + 1) : key);
    if (member === undefined || member === null) return [];
    return typeof member === "object" ? flattened(member, `${name}.`) : [[name, member]];
  });
}

function post(
  agent: Agent,
  port: number,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const all = { ...headers, "content-length": bytes.length };
    const req = request({ agent, host: "127.0.0.1", port, path, method: "POST", headers: all }, (res) => {
      let text = "";
      res.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      res.on("end", () => resolve(parsed(res.statusCode ?? 0, text)));
    });
    req.setTimeout(10_000, () => req.destroy(new Error("no answer within 10 s")));
    req.on("error", reject);
    req.end(bytes);
  });
}

function parsed(status: number, text: string): WireAnswer {
  const body = JSON.parse(text) as Record<string, unknown>;
  const refused = status >= 400 || body.Success === false;
  return {
    status,
    code: refused ? String(body.Code ?? "") : "",
    message: String(body.Message ?? ""),
    body,
  };
}
