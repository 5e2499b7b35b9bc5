import { describe, expect, it } from "vitest";
import { parsePairs } from "../../../contract/wire/query.ts";
import {
  type ClaimedSignature,
  readClaim,
  type SignedRequest,
  verifySignature,
} from "../../../service/core/auth/signature.ts";

const SECRET = "testsecret";

/** Requests whose signatures were computed independently of this code. */
const rpc = (over: Partial<Record<string, string>> = {}) => {
  const params = {
    Action: "CreateConsumerChannel",
    Format: "json",
    Version: "2020-01-01",
    Timestamp: "2026-01-02T03:04:05Z",
    SignatureNonce: "n-1",
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    AccessKeyId: "testid",
    RegionId: "cn-hangzhou",
    DtsInstanceId: "dtsabc",
    ConsumerGroupName: "a b*c~d",
    ConsumerGroupUserName: "u_1",
    ConsumerGroupPassword: "P@ss'(1)",
    Signature: "IYECoLIV0T83kbXQma397D7ZK8U=",
    ...over,
  };
  const body = new URLSearchParams(params as Record<string, string>).toString();
  const req: SignedRequest = {
    method: "POST",
    rawPath: "/",
    rawQuery: "",
    headers: {},
    body: Buffer.from(body),
  };
  return { req, params: parsePairs(body) };
};

const roa: SignedRequest = {
  method: "GET",
  rawPath: "/instances/rmq-1/consumerGroups",
  rawQuery: "pageSize=10&filter=GID%20x&pageNumber=1",
  headers: {
    host: "127.0.0.1",
    accept: "application/json",
    date: "Fri, 02 Jan 2026 03:04:05 GMT",
    "x-acs-signature-nonce": "n-2",
    "x-acs-version": "2022-08-01",
    "x-acs-signature-method": "HMAC-SHA1",
    "x-acs-signature-version": "1.0",
    authorization: "acs testid:JCKYcY2klrilIa5g8NemRr9a4No=",
  },
  body: new Uint8Array(),
};

const v3: SignedRequest = {
  method: "POST",
  rawPath: "/",
  rawQuery: "IotInstanceId=&GroupName=a%20b%2Ac~d",
  headers: {
    host: "127.0.0.1:8080",
    "x-acs-action": "CreateConsumerGroup",
    "x-acs-version": "2018-01-20",
    "x-acs-date": "2026-01-02T03:04:05Z",
    "x-acs-signature-nonce": "n-3",
    "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    authorization:
      "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=e286950aa764baa6752982ecfe179d4c15b1f434e69d62aa34bf1d483bf97b0c",
  },
  body: new Uint8Array(),
};

function claimOf(req: SignedRequest, params: [string, string][] = []): ClaimedSignature {
  const claim = readClaim(req, params);
  if (claim instanceof Error) throw claim;
  return claim;
}

describe("signature vectors", () => {
  it("accepts RPC V1, in the form and in the query, with + and with %20", () => {
    const { req, params } = rpc();
    expect(claimOf(req, params)).toMatchObject({ scheme: "rpc-v1", accessKeyId: "testid", nonce: "n-1" });
    expect(verifySignature(req, params, claimOf(req, params), SECRET)).toEqual({ ok: true });
    const spaced = parsePairs(Buffer.from(req.body).toString().replaceAll("+", "%20"));
    expect(verifySignature(req, spaced, claimOf(req, spaced), SECRET)).toEqual({ ok: true });
  });

  it("accepts ROA V1 whatever the order of the query", () => {
    expect(claimOf(roa)).toMatchObject({ scheme: "roa-v1", accessKeyId: "testid", nonce: "n-2" });
    expect(verifySignature(roa, [], claimOf(roa), SECRET)).toEqual({ ok: true });
  });

  it("accepts V3", () => {
    expect(claimOf(v3)).toMatchObject({ scheme: "v3", accessKeyId: "testid", nonce: "n-3" });
    expect(verifySignature(v3, [], claimOf(v3), SECRET)).toEqual({ ok: true });
  });

  it("refuses each with another secret, and says what was signed", () => {
    const { req, params } = rpc();
    const results = [
      verifySignature(req, params, claimOf(req, params), "other"),
      verifySignature(roa, [], claimOf(roa), "other"),
      verifySignature(v3, [], claimOf(v3), "other"),
    ];
    expect(results.map((result) => result.ok)).toEqual([false, false, false]);
    expect(results.map((result) => (result.ok ? "" : result.stringToSign.split(/[&\n]/)[0]))).toEqual([
      "POST",
      "GET",
      "ACS3-HMAC-SHA256",
    ]);
  });

  it("refuses each when anything signed was changed", () => {
    const changed = rpc({ DtsInstanceId: "dtsabd" });
    expect(
      verifySignature(changed.req, changed.params, claimOf(changed.req, changed.params), SECRET).ok,
    ).toBe(false);
    const others: SignedRequest[] = [
      { ...roa, method: "DELETE" },
      { ...roa, rawPath: "/instances/rmq-2/consumerGroups" },
      { ...roa, rawQuery: `${roa.rawQuery}&x=1` },
      { ...roa, headers: { ...roa.headers, "x-acs-version": "2022-08-02" } },
      { ...v3, rawQuery: "IotInstanceId=&GroupName=a" },
      { ...v3, headers: { ...v3.headers, host: "127.0.0.1:8081" } },
      { ...v3, headers: { ...v3.headers, "x-acs-action": "DeleteConsumerGroup" } },
    ];
    for (const req of others) expect(verifySignature(req, [], claimOf(req), SECRET).ok).toBe(false);
  });
});
