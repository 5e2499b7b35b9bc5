import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentEncode } from "../../../contract/signature/encode.ts";
import { canonicalQueryV3, sha256Hex, signV3, stringToSignV3 } from "../../../contract/signature/v3.ts";
import { type Pair, parsePairs } from "../../../contract/wire/query.ts";
import { resourceOf, signRoaV1, stringToSignRoaV1 } from "../../../service/core/auth/roa-v1.ts";
import { signRpcV1, stringToSignRpcV1 } from "../../../service/core/auth/rpc-v1.ts";
import {
  type ClaimedSignature,
  readClaim,
  type SignedRequest,
  verifySignature,
} from "../../../service/core/auth/signature.ts";

const SECRET = "s3cret";
const ROA_HEADERS = { accept: "application/json", date: "Fri, 02 Jan 2026 03:04:05 GMT" };

/** A ROA request signed over `resource`, whatever its own path and query are. */
function roa(rawPath: string, rawQuery: string, resource: string, extra: Record<string, string> = {}) {
  const bare = { method: "GET", rawPath, rawQuery, headers: { ...ROA_HEADERS, ...extra }, body: Buffer.of() };
  const signature = signRoaV1(SECRET, stringToSignRoaV1(bare, resource));
  return { ...bare, headers: { ...bare.headers, authorization: `acs id:${signature}` } };
}

interface V3Options {
  body?: string;
  extra?: Record<string, string>;
  signed?: (names: string[]) => string[];
}

/** A V3 request signed over `uri` and `query`. */
function v3(rawPath: string, rawQuery: string, uri: string, query: string, options: V3Options = {}) {
  const body = Buffer.from(options.body ?? "");
  const headers: Record<string, string> = {
    host: "127.0.0.1:1",
    "x-acs-date": "2026-01-02T03:04:05Z",
    "x-acs-signature-nonce": "n",
    "x-acs-content-sha256": sha256Hex(body),
    ...options.extra,
  };
  const all = Object.keys(headers).sort();
  const signed = options.signed?.(all) ?? all;
  const bare = { method: "GET", rawPath, rawQuery, headers, body };
  const signature = signV3(SECRET, stringToSignV3(bare, signed, sha256Hex(body), uri, query));
  const authorization = `ACS3-HMAC-SHA256 Credential=id,SignedHeaders=${signed.join(";")},Signature=${signature}`;
  return { ...bare, headers: { ...headers, authorization } };
}

function verify(req: SignedRequest, params: Pair[] = []) {
  const claim = readClaim(req, params);
  if (claim instanceof Error) throw claim;
  return verifySignature(req, params, claim as ClaimedSignature, SECRET);
}

describe("V3 names", () => {
  const smuggled: readonly [string, string][] = [
    ["a%3D1%26b=2", "a=1&b=2"],
    ["a%26b=2", "a&b=2"],
    ["a%253D=1", "a%3D=1"],
  ];

  it.each(smuggled)("a query %s does not pass as the signed %s", (sent, signed) => {
    expect(verify(v3("/", sent, "/", signed)).ok).toBe(false);
    expect(verify(v3("/", sent, "/", canonicalQueryV3(parsePairs(sent))))).toEqual({ ok: true });
  });

  it("count as most clients leave them, where they can be read in one way only", () => {
    for (const name of ["Tag.1.Key", "a[0]", "b:c/d", "ä"]) {
      const sent = `${encodeURIComponent(name)}=1`;
      expect(verify(v3("/", sent, "/", `${name}=1`))).toEqual({ ok: true });
      expect(verify(v3("/", sent, "/", `${percentEncode(name)}=1`))).toEqual({ ok: true });
    }
  });

  it("a path that is decoded keeps its segments", () => {
    expect(verify(v3("/a%2Fb", "", "/a/b", "")).ok).toBe(false);
  });
});

describe("ROA V1 forms", () => {
  it.each([
    ["empty value as a bare name", roa("/a", "filter=&x=1", "/a?filter&x=1")],
    ["empty value with =", roa("/a", "filter=&x=1", "/a?filter=&x=1")],
    ["decoded path, + kept", roa("/g/GID%25a+b", "", "/g/GID%a+b")],
    ["decoded path and empty value with =", roa("/g/a%20b", "f=", "/g/a b?f=")],
    ["path and query exactly as sent", roa("/a", "z=1&a=%20", "/a?z=1&a=%20")],
    ["blanks inside x-acs values", roa("/a", "", "/a", { "x-acs-note": " a\tb " })],
    ["a path that cannot be decoded", roa("/g/%zz", "", "/g/%zz")],
  ])("accepts %s", (_, req) => {
    expect(verify(req)).toEqual({ ok: true });
  });

  it.each([
    ["another path", roa("/a", "", "/b")],
    ["a query that was not signed", roa("/a", "x=1", "/a")],
  ])("refuses %s", (_, req) => {
    expect(verify(req).ok).toBe(false);
  });

  it("checks Content-MD5 only when it was sent", () => {
    const body = Buffer.from("{}");
    const md5 = createHash("md5").update(body).digest("base64");
    const good = { ...roa("/a", "", "/a", { "content-md5": md5 }), body };
    expect(verify(good)).toEqual({ ok: true });
    expect(verify({ ...good, body: Buffer.from("{ }") })).toMatchObject({ ok: false, problem: /MD5/ });
  });
});

describe("V3 forms", () => {
  it.each([
    ["the usual form", v3("/a+b*c%7Ed+e", "", "/a%20b%2Ac~d%20e", "")],
    ["only the first + replaced", v3("/a+b+c", "", "/a%20b+c", "")],
    ["the raw path", v3("/a+b", "", "/a+b", "")],
    ["the decoded path", v3("/a%20b", "", "/a b", "")],
    ["the empty path", v3("", "", "/", "")],
    ["names as they are", v3("/", "Tag.1=%2B&A%20b=", "/", "A b=&Tag.1=%2B")],
    ["encoded names", v3("/", "A%20b=1", "/", "A%20b=1")],
    ["a body", v3("/", "", "/", "", { body: "a=1" })],
    [
      "accept and user-agent signed too",
      v3("/", "", "/", "", { extra: { accept: "*/*", "user-agent": "x (y)" } }),
    ],
  ])("accepts %s", (_, req) => {
    expect(verify(req)).toEqual({ ok: true });
  });

  it("refuses a signature that leaves out the host or an x-acs header", () => {
    const without = (name: string) =>
      v3("/", "", "/", "", { signed: (names) => names.filter((one) => one !== name) });
    expect(verify(without("host"))).toMatchObject({ ok: false, problem: /host/ });
    expect(verify(without("x-acs-date"))).toMatchObject({ ok: false, problem: /x-acs-date/ });
  });

  it("refuses a body that is not the one hashed", () => {
    const req = v3("/", "", "/", "", { body: "a=1" });
    expect(verify({ ...req, body: Buffer.from("a=2") })).toMatchObject({ ok: false, problem: /SHA-256/ });
  });
});

/** Any text that UTF-8 can carry, with the characters that encoders disagree on. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom(..."+ *~!'()%&=/\t\n"), fc.string({ unit: "grapheme" })),
});
const pairs = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 8 });
const encodeQuery = (list: readonly (readonly [string, string])[]) =>
  list.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join("&");

describe("round trips", () => {
  it("percentEncode keeps its alphabet and can be decoded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const encoded = percentEncode(value);
        expect(encoded).toMatch(/^([A-Za-z0-9\-_.~]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(encoded)).toBe(value.toWellFormed());
      }),
    );
  });

  it("RPC V1 accepts what it signs, wherever the parameters were, and nothing else", () => {
    fc.assert(
      fc.property(pairs, text, (list, other) => {
        const system: Pair[] = [
          ["AccessKeyId", "id"],
          ["SignatureMethod", "HMAC-SHA1"],
          ["Timestamp", "2026-01-02T03:04:05Z"],
          ["SignatureNonce", "n"],
        ];
        const names = new Set([...system.map(([name]) => name), "Signature", "SecurityToken"]);
        const signed = [...list.filter(([name]) => !names.has(name)), ...system];
        const signature = signRpcV1(SECRET, stringToSignRpcV1("GET", signed));
        const rawQuery = `Signature=${percentEncode(signature)}&${encodeQuery(signed)}`;
        const req = { method: "GET", rawPath: "/", rawQuery, headers: {}, body: Buffer.of() };
        expect(verify(req, parsePairs(rawQuery))).toEqual({ ok: true });
        expect(verify({ ...req, method: "POST" }, parsePairs(rawQuery)).ok).toBe(false);
        expect(verify(req, [...parsePairs(rawQuery), ["another", other]]).ok).toBe(false);
      }),
    );
  });

  it("ROA V1 and V3 accept what they sign", () => {
    fc.assert(
      fc.property(pairs, text, (list, segment) => {
        const rawPath = `/instances/${percentEncode(segment)}`;
        const query = encodeQuery(list);
        expect(verify(roa(rawPath, query, resourceOf(rawPath, list, "name")))).toEqual({ ok: true });
        expect(verify(roa(rawPath, query, resourceOf(rawPath, list, "name=")))).toEqual({ ok: true });
        expect(verify(v3(rawPath, query, rawPath, canonicalQueryV3(list)))).toEqual({ ok: true });
      }),
    );
  });
});
