import { sha256Hex, signV3, stringToSignV3, V3_ALGORITHM } from "../../contract/signature/v3.ts";
import {
  type Aim,
  type Dice,
  httpOf,
  type Keys,
  oddAdmin,
  oddRoa,
  oddV3,
  signedNonsense,
  unsigned,
} from "./malformed.ts";

/*
 * More of what no correct client sends, in two kinds: `framed` is wrong in what it says but whole as HTTP, so the
 * connection can go on after it; `unframed` is wrong as HTTP or may be, so nothing can follow it.
 */

type Make = (die: Dice, keys: Keys, aims: readonly Aim[]) => Buffer;

const TICK = "\r\n";
let nonces = 0;

function raw(lines: readonly string[], body: Buffer | string = ""): Buffer {
  return Buffer.concat([
    Buffer.from(`${lines.join(TICK)}${TICK}${TICK}`, "latin1"),
    Buffer.from(body as string),
  ]);
}

const repeated = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i));

/** JSON that is small to send and large, deep or strange to read. */
const bombs: readonly ((die: Dice) => string)[] = [
  (die) => "[".repeat(1 + die.roll(30_000)),
  (die) => `${"[".repeat(1 + die.roll(10_000))}1${"]".repeat(5_000)}`,
  (die) => {
    const depth = 1 + die.roll(5_000);
    return `{"DbList":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`;
  },
  (die) => `{${repeated(1 + die.roll(3_000), (i) => `"k${i}":${i}`).join()}}`,
  (die) => `{${repeated(1 + die.roll(2_000), () => '"RegionId":"cn-hangzhou"').join()}}`,
  (die) => `{"DtsJobName":${"1".repeat(1 + die.roll(20_000))}}`,
  (die) => `{"DtsJobName":"${"\\u0000".repeat(1 + die.roll(3_000))}"}`,
  () => '{"__proto__":{"RegionId":"x"},"constructor":{"prototype":{}}}',
  () => '{"Tag":{"__proto__":[]},"ResourceId":{"length":1e9}}',
  () => '{"RegionId":{"toString":1},"DtsInstanceId":[[[]]],"PageNumber":1e400}',
  () => '\ufeff{"RegionId":"cn-hangzhou"}',
  () => '{"\\ud800":"\\udc00","DtsJobName":"\\ud800"}',
  (die) => `{"DbList":${JSON.stringify(`${"[".repeat(1 + die.roll(20_000))}`)}}`,
  (die) => {
    const depth = 1 + die.roll(3_000);
    return JSON.stringify({ DbList: `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`, DtsInstanceId: "dtsx" });
  },
];

/** Signed as the SDKs do, so that the body reaches the decoder. */
const signedJson: Make = (die, keys, aims) => {
  const aim = die.pick(aims.filter(({ version }) => version !== "2022-08-01"));
  const body = Buffer.from(die.pick(bombs)(die));
  nonces += 1;
  const headers: Record<string, string> = {
    host: "127.0.0.1",
    "content-type": die.pick(["application/json", "application/json; charset=utf-16", "text/json"]),
    "x-acs-action": aim.action,
    "x-acs-version": aim.version,
    "x-acs-date": `${new Date().toISOString().slice(0, 19)}Z`,
    "x-acs-signature-nonce": `json-${process.pid}-${nonces}`,
    "x-acs-content-sha256": sha256Hex(body),
  };
  const signed = Object.keys(headers).sort();
  const request = { method: "POST", rawPath: "/", rawQuery: "", headers, body: new Uint8Array(0) };
  const text = stringToSignV3(request, signed, sha256Hex(body), "/", "");
  const signature = signV3(keys.accessKeySecret, text);
  const claim = `Credential=${keys.accessKeyId},SignedHeaders=${signed.join(";")},Signature=${signature}`;
  const lines = Object.entries({ ...headers, authorization: `${V3_ALGORITHM} ${claim}` });
  return raw(
    [
      "POST / HTTP/1.1",
      ...lines.map(([name, value]) => `${name}: ${value}`),
      `content-length: ${body.length}`,
    ],
    body,
  );
};

/** Names that stand for structures: deep, wide, contradicting, reserved, repeated. */
const structuredNames: Make = (die, _, aims) => {
  const aim = die.pick(aims);
  const pairs = die.pick([
    () => [`A${".1".repeat(1 + die.roll(2_000))}=x`],
    () => repeated(1 + die.roll(400), (i) => `Tag.${i}.Key=k`),
    () => repeated(50, (i) => `Tag.${10 ** (i % 12)}=k`),
    () => ["Tag.1=a", "Tag.1.Key=b", "Tag=c"],
    () => ["__proto__.x=1", "Tag.__proto__=1", "constructor.prototype.y=2"],
    () => repeated(1 + die.roll(300), () => `Action=${aim.action}`),
    () => repeated(300, () => "Signature=x"),
    () => repeated(1 + die.roll(12_000), () => "a"),
    () => ["=&==&&&=", "%00=%00", "%C0%AF=1", "a=%", "+=+"],
  ])();
  const query = [`Action=${aim.action}`, `Version=${aim.version}`, ...pairs].join("&");
  return die.roll(2) === 0
    ? httpOf("POST", "/", ["Content-Type: application/x-www-form-urlencoded"], query)
    : httpOf("GET", `/?${query}`, []);
};

const oddPaths: Make = (die) => {
  const path = die.pick([
    "//",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2f",
    `/${"a/".repeat(1 + die.roll(3_000))}`,
    `/${"%25".repeat(1 + die.roll(3_000))}`,
    "http://other.example/",
    "http://other.example",
    "/_service",
    "/_service/../",
    "/_service/%2e%2e/",
    `/?${"&".repeat(1 + die.roll(20_000))}`,
    "/?%ff=%fe&%=1",
    "/instances/%E7%BB/x",
    "?x",
  ]);
  return httpOf(die.pick(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]), path, []);
};

const oddHeaders: Make = (die) => {
  const lines = die.pick([
    () => repeated(1 + die.roll(1_500), (i) => `x-${i}: ${i}`),
    () => repeated(1 + die.roll(300), () => "x-acs-action: DescribeDtsJobs"),
    () => ["Authorization: acs a:b", "Authorization: ACS3-HMAC-SHA256 x"],
    () => repeated(100, () => "Cookie: a=b"),
    () => ["__proto__: x", "constructor: y", "toString: z", "hasOwnProperty: 1"],
    () => [`x-acs-version: ${"2020-01-01,".repeat(die.roll(2_000))}`],
    () => ["Accept-Encoding: gzip", "Content-Encoding: gzip", "Content-Type: multipart/form-data; boundary="],
    () => ["Host: evil.example", "x-forwarded-for: 127.0.0.1", "x-http-method-override: DELETE"],
    () => ["Upgrade: websocket", "Sec-WebSocket-Key: x"],
    () => ["x-latin: \xe9\xff\x80"],
    () => ["Range: bytes=0-", "If-Match: *"],
  ])();
  return httpOf(die.pick(["GET", "POST"]), "/", lines, die.pick(["", "Action=a", "\x1f\x8b\x08\x00junk"]));
};

/** Right chunking with odd contents: extensions, trailers, one byte each. */
const oddChunks: Make = (die) => {
  const body = die.pick([
    () => `${repeated(1 + die.roll(100), () => "1\r\na").join(TICK)}${TICK}0${TICK}${TICK}`,
    () => `8;x="y";${"z".repeat(100)}\r\nAction=a\r\n0\r\n\r\n`,
    () => "8\r\nAction=a\r\n0\r\nx-trailer: y\r\n\r\n",
    () => "0008\r\nAction=a\r\n0000\r\n\r\n",
    () => "0\r\n\r\n",
  ])();
  return raw(["POST / HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked"], body);
};

export const framedOddities: readonly Make[] = [
  signedNonsense,
  signedJson,
  structuredNames,
  oddPaths,
  oddHeaders,
  oddChunks,
  oddV3,
  oddRoa,
  oddAdmin,
  (die, _, aims) => unsigned(die, aims),
];

/** Wrong as HTTP, in ways that a parser has to notice. */
export const wrongHttp: Make = (die) => {
  const post = ["POST / HTTP/1.1", "Host: localhost"];
  return die.pick([
    () => raw([...post, "Content-Length: 5", "Content-Length: 6"], "abcdef"),
    () => raw([...post, "Content-Length: 1e3"], "abc"),
    () => raw([...post, "Content-Length: 99999999999999999999"], "abc"),
    () => raw([...post, "Content-Length: 4294967296"], "abc"),
    () => raw([...post, "Transfer-Encoding: chunked"], "ffffffffffffffffff\r\nabc\r\n"),
    () => raw([...post, "Transfer-Encoding: chunked"], "-1\r\nabc\r\n"),
    () => raw([...post, "Transfer-Encoding: chunked"], `1;${"e".repeat(40_000)}\r\na\r\n0\r\n\r\n`),
    () => raw([...post, "Transfer-Encoding: chunked"], `0\r\n${"x: y\r\n".repeat(5_000)}\r\n`),
    () => raw([...post, "Transfer-Encoding: gzip, chunked"], "3\r\nabc\r\n0\r\n\r\n"),
    () => raw([...post, "Transfer-Encoding: identity", "Content-Length: 3"], "abc"),
    () => raw([...post, "Transfer-Encoding : chunked"], "0\r\n\r\n"),
    () => raw([...post, " folded: x", "\tmore"], ""),
    () => raw([...post, "x\0y: z"], ""),
    () => raw([...post, "bad header line"], ""),
    () => raw([...post, `X: ${"a".repeat(140_000)}`], ""),
    () => raw([`GET /${"a".repeat(140_000)} HTTP/1.1`, "Host: localhost"], ""),
    () => raw(["GET / HTTP/1.1"], ""),
    () => raw(["GET / HTTP/1.0"], ""),
    () => raw(["GET / HTTP/2.0", "Host: localhost"], ""),
    () => raw(["GET / HTTP/9.9", "Host: localhost"], ""),
    () => raw(["GET /"], ""),
    () => raw(["get / HTTP/1.1", "Host: localhost"], ""),
    () => raw(["PRI * HTTP/2.0", "", "SM"], ""),
    () => raw(["CONNECT other.example:443 HTTP/1.1", "Host: localhost"], ""),
    () => raw([...post, "Expect: 100-continue", "Content-Length: 999999999"], ""),
    () => raw([...post, "Expect: something", "Content-Length: 3"], "abc"),
    () => Buffer.from(`\x16\x03\x01\x02\x00\x01\x00${die.bytes(64).toString("latin1")}`, "latin1"),
    () => Buffer.from(`${TICK.repeat(die.roll(2_000))}x`),
    () => Buffer.alloc(die.roll(50_000), die.roll(256)),
  ])();
};
