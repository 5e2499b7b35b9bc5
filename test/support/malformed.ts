import type { Pair } from "../../contract/wire/query.ts";
import { signRoaV1, stringToSignRoaV1 } from "../../service/core/auth/roa-v1.ts";
import { signRpcV1, stringToSignRpcV1 } from "../../service/core/auth/rpc-v1.ts";

/** Repeatable randomness: the same seed gives the same requests. */
export interface Dice {
  /** An integer from 0 to `below` - 1. */
  roll(below: number): number;
  pick<T>(items: readonly T[]): T;
  bytes(length: number): Buffer;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  return {
    roll: (below) => next() % below,
    pick: (items) => items[next() % items.length] as (typeof items)[number],
    bytes: (length) => Buffer.from(Array.from({ length }, () => next() & 255)),
  };
}

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** A call to aim odd values at: its published name and the names of its parameters. */
export interface Aim {
  readonly action: string;
  readonly version: string;
  readonly parameters: readonly string[];
}

/** What is put wherever a value may stand. */
const oddValues = [
  "",
  " ",
  "\0",
  "%",
  "%zz",
  "%ff%fe",
  "%E7%BB",
  "'\"`;--",
  "{",
  '{"a":',
  "[[[[[[[[[[",
  "null",
  "undefined",
  "NaN",
  "-1",
  "99999999999999999999",
  "1e309",
  "true",
  "../../etc/passwd",
  "a".repeat(5_000),
  "组织😀\ud800",
  "__proto__",
  "constructor",
  "2026-13-45T99:99:99Z",
  '{"__proto__":{"x":1}}',
] as const;

const oddNames = [
  "__proto__",
  "constructor",
  "A.1.2.3.4.5.6.7.8.9.10",
  "Tag.999999999.Key",
  "Tag.0.Key",
  "Tag.-1.Key",
  "Tag..Key",
  ".",
  "Tag.__proto__.x",
  "",
  "RegionId",
  "Action",
  "Version",
] as const;

let sent = 0;

export function httpOf(
  method: string,
  target: string,
  headers: readonly string[],
  body: Buffer | string = "",
): Buffer {
  const bytes = Buffer.from(body as string);
  const length = bytes.length > 0 || method === "POST" ? [`Content-Length: ${bytes.length}`] : [];
  const head = [`${method} ${target} HTTP/1.1`, "Host: 127.0.0.1", ...headers, ...length, "", ""].join(
    "\r\n",
  );
  return Buffer.concat([Buffer.from(head, "latin1"), bytes]);
}

function encoded(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${safe(name)}=${safe(value)}`).join("&");
}

function safe(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function wildPairs(die: Dice, aim: Aim): Pair[] {
  return Array.from({ length: die.roll(6) }, () => [
    die.roll(4) === 0 ? die.pick(oddNames) : die.pick(aim.parameters),
    die.pick(oddValues).toWellFormed(),
  ]);
}

/** Well signed, with values that no schema expects. */
export function signedNonsense(die: Dice, keys: Keys, aims: readonly Aim[]): Buffer {
  const aim = die.pick(aims);
  sent += 1;
  const all = new Map<string, string>([
    ...wildPairs(die, aim),
    ["Action", aim.action],
    ["Version", aim.version],
    ["AccessKeyId", keys.accessKeyId],
    ["SignatureMethod", "HMAC-SHA1"],
    ["SignatureNonce", `odd-${process.pid}-${sent}-${die.roll(1e9)}`],
    ["Timestamp", `${new Date().toISOString().slice(0, 19)}Z`],
  ]);
  const method = die.pick(["GET", "POST"]);
  const pairs = [...all];
  const signature = signRpcV1(keys.accessKeySecret, stringToSignRpcV1(method, pairs));
  const query = encoded([...pairs, ["Signature", signature]]);
  // Long values go into the body, as clients do.
  const form = method === "POST" || query.length > 60_000;
  return form && method === "POST"
    ? httpOf("POST", "/", ["Content-Type: application/x-www-form-urlencoded"], query)
    : httpOf(method, `/?${query}`, []);
}

/** A good signature with one part bent. */
export function bentSignature(die: Dice, keys: Keys, aims: readonly Aim[]): Buffer {
  const bytes = signedNonsense(die, keys, aims);
  for (let i = 0; i < 1 + die.roll(4); i += 1) bytes[die.roll(bytes.length)] = die.roll(256);
  return bytes;
}

export function oddV3(die: Dice): Buffer {
  const signed = die.pick([
    "host",
    "constructor;host",
    "__proto__;host;tostring",
    "",
    ";;",
    "set-cookie;host",
  ]);
  const authorization = die.pick([
    `ACS3-HMAC-SHA256 Credential=local,SignedHeaders=${signed},Signature=${die.bytes(8).toString("hex")}`,
    "ACS3-HMAC-SHA256",
    "ACS3-",
    "acs local",
    "acs :",
    `acs local:${die.bytes(12).toString("base64")}`,
    "Bearer x",
    "",
  ]);
  const headers = [
    `Authorization: ${authorization}`,
    `x-acs-version: ${die.pick(["2020-01-01", "2022-08-01", "x", ""])}`,
    `x-acs-action: ${die.pick(["DescribeDtsJobs", "toString", ""])}`,
    `x-acs-date: ${die.pick(["2026-01-02T03:04:05Z", "x", `${new Date().toISOString().slice(0, 19)}Z`])}`,
    `date: ${die.pick([new Date().toUTCString(), "x"])}`,
    "x-acs-signature-nonce: n",
    "x-acs-content-sha256: 0",
    "Set-Cookie: a=b",
  ].filter(() => die.roll(5) > 0);
  return httpOf(
    die.pick(["GET", "POST", "DELETE"]),
    die.pick(["/", "/instances/%zz", "/instances/a?b=%ff"]),
    headers,
    die.pick(["", "{", "[]"]),
  );
}

/** ROA with a good signature and a body that is no JSON object. */
export function oddRoa(die: Dice, keys: Keys): Buffer {
  const path = die.pick([
    "/instances",
    "/instances/a%00b/consumerGroups/c",
    "/resourceTag/list",
    "//",
    "/instances/%",
  ]);
  const method = die.pick(["GET", "POST", "PATCH", "DELETE"]);
  const body = die.pick(["", "[".repeat(100_000), '"x"', "{", '{"__proto__":1}', "\xff\xfe", '{"a":1e999}']);
  sent += 1;
  const headers: Record<string, string> = {
    accept: "application/json",
    date: new Date().toUTCString(),
    "x-acs-version": "2022-08-01",
    "x-acs-signature-nonce": `roa-${process.pid}-${sent}-${die.roll(1e9)}`,
  };
  const request = { method, rawPath: path, rawQuery: "", headers, body: new Uint8Array(0) };
  const signature = signRoaV1(keys.accessKeySecret, stringToSignRoaV1(request, path));
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return httpOf(method, path, [...lines, `Authorization: acs ${keys.accessKeyId}:${signature}`], body);
}

/** Wrong already as HTTP. */
export function brokenHttp(die: Dice): Buffer {
  const good = httpOf("POST", "/", ["Content-Type: application/x-www-form-urlencoded"], "Action=a&Version=b");
  switch (die.roll(9)) {
    case 0:
      return die.bytes(1 + die.roll(300));
    case 1:
      return good.subarray(0, die.roll(good.length));
    case 2:
      return httpOf("POST", "/", ["Content-Length: 5"], "Action=a");
    case 3:
      return Buffer.from("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\nabc");
    case 4:
      return Buffer.from(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
      );
    case 5:
      return Buffer.from(
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      );
    case 6:
      return httpOf(
        "GET",
        `/${die
          .bytes(40)
          .toString("latin1")
          .replace(/[\r\n ]/g, "")}`,
        [],
      );
    case 7:
      return httpOf("GET", "/", [`X-Long: ${"a".repeat(die.roll(200_000))}`]);
    default:
      return httpOf(
        die.pick(["BREW", "TRACE", "OPTIONS", "CONNECT", "HEAD"]),
        die.pick(["*", "/", "http://h/x?y"]),
        [],
      );
  }
}

/** The service's own pages. */
export function oddAdmin(die: Dice): Buffer {
  const path = die.pick([
    "faults",
    "keys/%zz",
    "restore",
    "nothing",
    "clock",
    "keys",
    "journal?limit=-5",
    "rooms/dts/x",
    "//",
  ]);
  // Deleting and resetting would disturb the well-formed callers.
  const body = die.pick([
    "",
    "{",
    "[]",
    "null",
    '{"kind":"drop","times":-1}',
    '{"rights":"none"}',
    '{"offsetMs":1e99}',
  ]);
  const bad = path === "keys" && body === "" ? "{" : body;
  return httpOf(die.pick(["GET", "POST", "PUT", "PATCH"]), `/_service/${path}`, [], bad);
}

export function unsigned(die: Dice, aims: readonly Aim[]): Buffer {
  const aim = die.pick(aims);
  const junk = Array.from(
    { length: die.roll(50) },
    () => `${die.pick(oddNames)}=${die.pick(oddValues).replace(/[^\x21-\x7e]/g, "%00")}`,
  );
  return httpOf("GET", `/?Action=${aim.action}&Version=${aim.version}&${junk.join("&")}`, []);
}

/** One request that a correct client would never send. */
export function oddRequest(die: Dice, keys: Keys, aims: readonly Aim[]): Buffer {
  switch (die.roll(7)) {
    case 0:
      return signedNonsense(die, keys, aims);
    case 1:
      return bentSignature(die, keys, aims);
    case 2:
      return oddV3(die);
    case 3:
      return oddRoa(die, keys);
    case 4:
      return brokenHttp(die);
    case 5:
      return oddAdmin(die);
    default:
      return unsigned(die, aims);
  }
}
