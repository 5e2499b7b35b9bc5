import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { signRoaV1, stringToSignRoaV1 } from "../../service/core/auth/roa-v1.ts";
import { rpcParams, signedQuery } from "../service/core/support/raw.ts";
import type { TestService } from "./service.ts";

type Key = TestService["key"];

/** One body that is as much work as its size allows; signed, where nothing else would be looked at. */
export interface Hostile {
  readonly what: string;
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: () => string;
  readonly answer: RegExp;
  /** Worked on as it arrives, so that its whole cost holds up nobody. */
  readonly isStreamed?: boolean;
}

const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const multipart = { "content-type": "multipart/form-data; boundary=x" };

/** One of each form and each door, of about so many bytes. */
export function hostileBodies(key: Key, bytes: number): readonly Hostile[] {
  return [...ofProducts(key, bytes), ...ofTheService(bytes)];
}

function repeated(unit: string, bytes: number): string {
  return unit.repeat(Math.ceil(bytes / unit.length));
}

/** Lists inside each other, over and over. */
function deepAndWide(bytes: number): string {
  return `{"a":[${repeated(`${"[".repeat(60)}${"]".repeat(60)},`, bytes)}1]}`;
}

function ofProducts(key: Key, bytes: number): readonly Hostile[] {
  const malformed = /InvalidParameter\.Format/;
  const roa = (what: string, body: () => string): Hostile => {
    const path = "/instances";
    return { what, path, headers: roaHeaders(key, path), body, answer: malformed };
  };
  const rpc = (what: string, answer: RegExp, body: () => string): Hostile => {
    return { what, path: "/", headers: form, body, answer };
  };
  const location = (value: () => string) => signed(key, "DescribeEndpoints", "2015-06-12", "X", value());
  const dbList = (value: () => string) =>
    signed(key, "ConfigureSubscription", "2020-01-01", "DbList", value());
  return [
    roa("JSON, deep and wide", () => deepAndWide(bytes)),
    roa("JSON, wide", () => `{"a":[${repeated("{},", bytes)}1]}`),
    roa("JSON, deep", () => repeated("[", bytes)),
    rpc("JSON inside a parameter", /InvalidDbList/, () => dbList(() => deepAndWide(bytes / 3))),
    rpc("a value that is all to be encoded", /MissingId/, () => location(() => repeated("!", bytes / 3))),
    rpc("a value that is one word", /MissingId/, () => location(() => repeated("x-", bytes))),
    rpc("a wrong signature under one word", /SignatureDoesNotMatch/, () =>
      signed(
        { ...key, accessKeySecret: "none" },
        "DescribeEndpoints",
        "2015-06-12",
        "X",
        repeated("x-", bytes),
      ),
    ),
    rpc("a list of nothing but commas", /MissingId/, () => location(() => repeated(",", bytes / 3))),
    rpc("many parameters", malformed, () => repeated("&a=1", bytes)),
    rpc("a name without end", malformed, () => `${repeated("a.", bytes)}=1`),
    {
      what: "multipart",
      path: "/",
      headers: multipart,
      body: () => repeated('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n', bytes),
      answer: malformed,
    },
  ];
}

function ofTheService(bytes: number): readonly Hostile[] {
  const own = (what: string, page: string, answer: RegExp, body: () => string): Hostile => {
    return { what, path: `/_service/${page}`, headers: json, body, answer };
  };
  const rows = () => repeated("[0],", bytes);
  const table = () => `{"b":{"columns":["c"],"rows":[${rows()}[{}]]}}`;
  return [
    own("a fault rule, deep and wide", "faults", /BadRequest/, () => deepAndWide(bytes)),
    own("a key, wide", "keys", /BadRequest/, () => `{${repeated('"a":1,', bytes)}"b":1}`),
    own("a snapshot that is none", "restore", /must not be a list/, () => `[${repeated("{},", bytes)}{}]`),
    {
      ...own("a snapshot of rows", "restore", /NotRestored/, () => {
        return `{"format":"x","keyFingerprint":"x","rooms":{"a":{"steps":[],"tables":${table()}}}}`;
      }),
      isStreamed: true,
    },
    { ...own("a body for health", "health", /"ready"/, () => repeated("a", bytes)), method: "GET" },
  ];
}

function signed(key: Key, action: string, version: string, name: string, value: string): string {
  const params = rpcParams(key, action, { Version: version });
  return signedQuery("POST", [...params, [name, value]], key.accessKeySecret);
}

function roaHeaders(key: Key, path: string): Record<string, string> {
  const headers: Record<string, string> = {
    ...json,
    accept: "application/json",
    date: new Date().toUTCString(),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-version": "2022-08-01",
  };
  const unsigned = { method: "POST", rawPath: path, rawQuery: "", headers, body: new Uint8Array(0) };
  const signature = signRoaV1(key.accessKeySecret, stringToSignRoaV1(unsigned, path));
  return { ...headers, authorization: `acs ${key.accessKeyId}:${signature}` };
}

/** Sends one of them on a connection of its own and gives back the answer's body. */
export async function sendHostile(service: TestService, one: Hostile, body: Buffer): Promise<string> {
  const { path, method = "POST", headers } = one;
  const all = { ...headers, "content-length": String(body.length), connection: "close" };
  const req = request({ host: "127.0.0.1", port: service.port, path, method, headers: all });
  req.on("error", () => undefined).end(body);
  const [res] = await once(req, "response");
  let text = "";
  res.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  res.on("error", () => undefined);
  await once(res, "close");
  return text;
}
