import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../contract/errors/index.ts";
import type { Pair } from "../../../contract/wire/query.ts";
import { stringToSignRoaV1 } from "../../../service/core/auth/roa-v1.ts";
import { stringToSignRpcV1 } from "../../../service/core/auth/rpc-v1.ts";
import {
  detectScheme,
  parseTimestamp,
  percentEncode,
  readClaim,
  type SignatureParams,
  type SignedRequest,
  signatureMismatch,
} from "../../../service/core/auth/signature.ts";

const request = (headers: Record<string, string> = {}): SignedRequest => ({
  method: "POST",
  rawPath: "/",
  rawQuery: "",
  headers,
  body: Buffer.of(),
});

const SYSTEM: Pair[] = [
  ["AccessKeyId", "id"],
  ["Signature", "c2ln"],
  ["SignatureMethod", "HMAC-SHA1"],
  ["Timestamp", "2026-01-02T03:04:05Z"],
  ["SignatureNonce", "n"],
];
const without = (name: string): SignatureParams => SYSTEM.filter(([one]) => one !== name);
const code = (result: unknown) => (result instanceof ServiceError ? result.code : "no error");

describe("readClaim", () => {
  it("finds the scheme by the Authorization header alone", () => {
    expect(detectScheme(request())).toBe("rpc-v1");
    expect(detectScheme(request({ authorization: "acs id:x" }))).toBe("roa-v1");
    expect(detectScheme(request({ authorization: "ACS3-HMAC-SHA256 Credential=x" }))).toBe("v3");
    expect(detectScheme(request({ authorization: "Bearer x" }))).toBe("rpc-v1");
  });

  it.each(["AccessKeyId", "Signature", "SignatureMethod", "Timestamp", "SignatureNonce"])(
    "names a missing %s of RPC V1",
    (name) => {
      expect(code(readClaim(request(), without(name)))).toBe(`Missing${name}`);
      expect(code(readClaim(request(), [...without(name), [name, ""]]))).toBe(`Missing${name}`);
    },
  );

  it("refuses other signature methods in each scheme", () => {
    const params: Pair[] = [...without("SignatureMethod"), ["SignatureMethod", "HMAC-SHA256"]];
    const date = "Fri, 02 Jan 2026 03:04:05 GMT";
    const acs = { authorization: "acs id:x", date, "x-acs-signature-method": "HMAC-SHA256" };
    expect(code(readClaim(request(), params))).toBe("InvalidSignatureMethod");
    expect(code(readClaim(request(acs), []))).toBe("InvalidSignatureMethod");
    expect(code(readClaim(request({ authorization: "ACS3-HMAC-SM3 Credential=x" }), []))).toBe(
      "InvalidSignatureMethod",
    );
  });

  it("refuses malformed Authorization headers", () => {
    expect(code(readClaim(request({ authorization: "acs id" }), []))).toBe("IncompleteSignature");
    expect(code(readClaim(request({ authorization: "ACS3-HMAC-SHA256 Credential=x" }), []))).toBe(
      "IncompleteSignature",
    );
    expect(code(readClaim(request({ authorization: "acs id:x" }), []))).toBe("MissingDate");
  });

  it("takes an empty security token for none", () => {
    expect(readClaim(request(), [...SYSTEM, ["SecurityToken", ""]])).not.toHaveProperty("securityToken");
    expect(readClaim(request(), [...SYSTEM, ["SecurityToken", "a+/="]])).toHaveProperty(
      "securityToken",
      "a+/=",
    );
  });
});

describe("parseTimestamp", () => {
  const at = Date.UTC(2026, 0, 2, 3, 4, 5);
  it("reads the form of the scheme and no other", () => {
    expect(parseTimestamp("2026-01-02T03:04:05Z", "rpc-v1")).toBe(at);
    expect(parseTimestamp("2026-01-02T03:04:05Z", "v3")).toBe(at);
    expect(parseTimestamp("Fri, 02 Jan 2026 03:04:05 GMT", "roa-v1")).toBe(at);
    expect(parseTimestamp("Fri, 02 Jan 2026 03:04:05 GMT", "v3")).toBeUndefined();
    expect(parseTimestamp("2026-01-02T03:04:05Z", "roa-v1")).toBeUndefined();
  });

  it.each([
    "",
    "2026-01-02",
    "2026-02-30T00:00:00Z",
    "2026-01-02T24:00:00Z",
    "2026-01-02 03:04:05",
    "1767323045",
  ])("refuses %j", (text) => {
    expect(parseTimestamp(text, "v3")).toBeUndefined();
  });

  it("refuses months that do not exist", () => {
    expect(parseTimestamp("Fri, 02 Jax 2026 03:04:05 GMT", "roa-v1")).toBeUndefined();
  });
});

describe("signatureMismatch", () => {
  it("puts the string to sign right behind the text clients look for", () => {
    const failure = { ok: false, stringToSign: "POST&%2F&Action%3DX" } as const;
    const error = signatureMismatch(request(), SYSTEM, failure);
    expect(error.code).toBe("SignatureDoesNotMatch");
    expect(error.httpStatus).toBe(400);
    expect(error.message.endsWith("server string to sign is:POST&%2F&Action%3DX")).toBe(true);
  });

  it("keeps a password out of the text, also where replacing patterns could bring it back", () => {
    const params: Pair[] = [...SYSTEM, ["ConsumerGroupPassword", "Geheim-1$&"], ["Name", "%s{Name}$&"]];
    const failure = { ok: false, stringToSign: "POST&%2F&ConsumerGroupPassword%3DGeheim-1" } as const;
    const { message } = signatureMismatch(request(), params, failure);
    expect(message).not.toContain("Geheim");
    expect(message).toContain("ConsumerGroupPassword%3D%252A%252A%252A");
  });

  it("keeps every other secret out: addresses of robots, members of JSON texts, tokens", () => {
    const params: Pair[] = [
      ...SYSTEM,
      ["Webhook", "https://h/?t=Geheim"],
      ["Channels.DingWebHook", "https://h/send?access_token=Geheim"],
      ["Source", JSON.stringify({ SourceMySQLParameters: { User: "open", Password: "Geheim" } })],
      ["Sink", percentEncode(JSON.stringify({ apiKey: "Geheim" }))],
      ["P.1.ResourceKey", "password"],
      ["P.1.Value", "Geheim"],
      ["SecurityToken", "Geheim"],
    ];
    const stringToSign = stringToSignRpcV1("POST", params);
    expect(stringToSign).toContain("Geheim");
    const { message } = signatureMismatch(request(), params, { ok: false, stringToSign });
    expect(message).not.toContain("Geheim");
    expect(message).toContain("open");
  });

  it("keeps the token and the query's secrets out of the older ROA text, and V3 as it is", () => {
    const headers = {
      authorization: "acs a:b",
      date: "d",
      "x-acs-security-token": "Geheim",
      "x-acs-version": "1",
    };
    const roa = { ...request(headers), rawQuery: "password=Geheim&b=1" };
    const stringToSign = stringToSignRoaV1(roa, "/?b=1&password=Geheim");
    const { message } = signatureMismatch(roa, [], { ok: false, stringToSign });
    expect(message).not.toContain("Geheim");
    expect(message).toContain("x-acs-security-token:***\nx-acs-version:1\n/?b=1&password=***");
    const plain = { ...request({ authorization: "acs a:b", date: "d" }), rawQuery: "b=1" };
    expect(signatureMismatch(plain, [], { ok: false, stringToSign: "as it was" }).message).toContain(
      "as it was",
    );
  });
});
