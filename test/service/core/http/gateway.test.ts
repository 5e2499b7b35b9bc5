import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverLimits } from "../../../../service/core/http/server-limits.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { clients } from "../support/clients.ts";
import { answerOf, isoSeconds, overSocket, rawRoa, rawRpc, rpcParams, signedQuery } from "../support/raw.ts";
import { testRooms } from "../support/rooms.ts";

const MINUTE_MS = 60_000;
let service: TestService;
let nowMs = Date.now();

beforeAll(async () => {
  const limits = {
    ...serverLimits,
    bodyMsMax: 300,
    answerMsMax: 100,
    bodyBytesMax: 10_000,
    bodiesBytesMax: 15_000,
  };
  service = await startService({ rooms: testRooms, settings: { limits }, now: () => nowMs });
});
afterAll(() => service.stop());

const rpc = (...args: Parameters<typeof rawRpc> extends [unknown, ...infer Rest] ? Rest : never) =>
  rawRpc(service, ...args);

describe("the gateway's errors in RPC", () => {
  it.each([
    ["MissingAction", 400, { Action: undefined }],
    ["MissingVersion", 400, { Version: undefined }],
    ["MissingAccessKeyId", 400, { AccessKeyId: undefined }],
    ["MissingTimestamp", 400, { Timestamp: undefined }],
    ["MissingSignatureNonce", 400, { SignatureNonce: undefined }],
    ["InvalidSignatureMethod", 400, { SignatureMethod: "HMAC-MD5" }],
    ["InvalidAccessKeyId.NotFound", 404, { AccessKeyId: "nobody" }],
    ["InvalidTimeStamp.Format", 400, { Timestamp: "yesterday" }],
    ["InvalidSecurityToken.MismatchWithAccessKey", 400, { SecurityToken: "x" }],
    ["InvalidVersion", 400, { Version: "1999-01-01" }],
    ["InvalidAction.NotFound", 404, { Action: "Nothing" }],
    ["InvalidRegionId", 400, { RegionId: "nowhere at all" }],
    ["MissingName", 400, { Name: "" }],
    ["InvalidCount", 400, { Name: "a", Count: "12" }],
    ["InvalidFresh", 400, { Name: "a", Fresh: "maybe" }],
    ["InvalidDetail", 400, { Name: "a", Detail: "{" }],
    ["InvalidLabels.1.Key", 400, { Name: "a", "Labels.1": "x" }],
    ["MissingLabels.1.Key", 400, { Name: "a", "Labels.1.Value": "x" }],
  ])("%s", async (code, status, override) => {
    const answer = await rpc("PutThing", override);
    expect([answer.code, answer.status]).toEqual([
      code === "InvalidLabels.1.Key" ? "InvalidLabels.1" : code,
      status,
    ]);
    expect(answer.message).not.toBe("");
    expect(answer.headers.get("content-type")).toBe("application/json;charset=utf-8");
    expect(answer.headers.get("x-acs-request-id")).toBe(answer.body.RequestId);
    expect(answer.headers.get("x-acs-retry-after")).toBeNull();
    expect((await rpc("ListThings")).body.Things).toEqual([]);
  });

  it("SignatureDoesNotMatch gives the string to sign, without the values of secrets", async () => {
    const key = { ...service.key, accessKeySecret: "wrong" };
    const plain = await rpc("ListThings", { A: "b c" }, { key });
    expect([plain.code, plain.status]).toEqual(["SignatureDoesNotMatch", 400]);
    expect(plain.message).toMatch(/server string to sign is:GET&%2F&A%3Db%2520c%26AccessKeyId/);
    const secret = await rpc("PutThing", { Password: "Hidden-1" }, { key });
    expect(JSON.stringify(secret.body)).not.toContain("Hidden-1");
    const others = {
      Webhook: "http://h/Hidden-1",
      "Channels.DingWebHook": "http://h/Hidden-1",
      Source: '{"SourceMySQLParameters":{"Password":"Hidden-1"}}',
      Encoded: "%7B%22apiKey%22%3A%22Hidden-1%22%7D",
    };
    const more = await rpc("PutThing", others, { key });
    expect(more.code).toBe("SignatureDoesNotMatch");
    expect(JSON.stringify(more.body) + service.logs()).not.toContain("Hidden-1");
  });

  it("the time window is 15 minutes both ways", async () => {
    const at = (ms: number) => rpc("ListThings", { Timestamp: isoSeconds(nowMs + ms) });
    expect((await at(-14 * MINUTE_MS)).code).toBe("");
    expect((await at(14 * MINUTE_MS)).code).toBe("");
    expect((await at(-16 * MINUTE_MS)).code).toBe("InvalidTimeStamp.Expired");
    expect((await at(16 * MINUTE_MS)).code).toBe("InvalidTimeStamp.Expired");
  });

  it("a nonce counts once, and a bad signature burns none", async () => {
    const nonce = { SignatureNonce: randomUUID() };
    const key = { ...service.key, accessKeySecret: "wrong" };
    expect((await rpc("ListThings", nonce, { key })).code).toBe("SignatureDoesNotMatch");
    expect((await rpc("ListThings", nonce)).code).toBe("");
    expect((await rpc("ListThings", nonce)).code).toBe("SignatureNonceUsed");
  });

  it("a repeat with the first letter of names in the other case is the same parameter", async () => {
    const answer = await rpc("PutThing", { name: "small", count: "2" });
    expect(answer.body).toMatchObject({ Name: "small", Count: 2 });
    await service.admin("POST", "reset");
  });

  it("an unsupported method, another path, and a strange path", async () => {
    expect((await rpc("ListThings", {}, { method: "DELETE" })).code).toBe("UnsupportedHTTPMethod");
    expect((await rpc("ListThings", {}, { method: "PUT" })).code).toBe("");
    expect((await answerOf(await fetch(`${service.url}/favicon.ico`))).code).toBe("InvalidApi.NotFound");
    const unsigned = await fetch(`${service.url}/stalls/a/items`, {
      headers: { "x-acs-version": "2000-01-02" },
    });
    expect((await answerOf(unsigned)).code).toBe("MissingAuthorization");
  });

  it("a stranger learns nothing of what exists", async () => {
    const stranger = { AccessKeyId: "nobody" };
    expect((await rpc("Nothing", stranger)).code).toBe("InvalidAccessKeyId.NotFound");
    expect((await rpc("PutThing", { ...stranger, Count: "99" })).code).toBe("InvalidAccessKeyId.NotFound");
  });

  it("throttling carries the waiting time for both families of clients", async () => {
    const answer = await rpc("BreakThing", { How: "throttled" });
    expect(answer.code).toBe("Throttling.User");
    expect(answer.headers.get("x-acs-retry-after")).toBe("1000");
    expect(answer.headers.get("x-ratelimit-user-api")).toContain("TimeLeft:1000");
  });

  it("a defect is InternalError with the request id; the log has it too, without the secret", async () => {
    const answer = await rpc("BreakThing", { How: "other", Password: "Hidden-2" });
    expect([answer.code, answer.status]).toEqual(["InternalError", 500]);
    expect(answer.message).toContain(String(answer.body.RequestId));
    const line = service
      .logs()
      .split("\n")
      .find((one) => one.includes(String(answer.body.RequestId)));
    expect(line).toContain("a defect that quotes ***");
    expect(service.logs()).not.toContain("Hidden-2");
  });

  it("an answer that takes too long is ServiceUnavailable, and the work goes on", async () => {
    const answer = await rpc("WaitForThing", { Name: "late", Ms: "300" });
    expect([answer.code, answer.status]).toEqual(["ServiceUnavailable", 503]);
    await expect
      .poll(async () => (await rpc("ListThings")).body.Things)
      .toEqual([{ name: "late", count: 1 }]);
    expect((await rpc("WaitForThing", { Name: "late", Ms: "0" })).body).toMatchObject({ Aborted: false });
    await service.admin("POST", "reset");
  });
});

describe("a JSON body under a signature that does not cover it", () => {
  it("is refused, and the signed call is not done with what it holds", async () => {
    const query = signedQuery(
      "POST",
      rpcParams(service.key, "PutThing", { Name: "signed" }),
      service.key.accessKeySecret,
    );
    const send = (more: RequestInit) =>
      fetch(`${service.url}/?${query}`, { method: "POST", ...more }).then(answerOf);
    const headers = { "content-type": "application/json" };
    const refused = await send({ headers, body: JSON.stringify({ Name: "unsigned" }) });
    expect([refused.status, refused.code]).toEqual([400, "InvalidParameter.Format"]);
    expect((await rpc("ListThings")).body.Things).toEqual([]);
    // The nonce is not used up by it, and clients that name the type without a body go on.
    expect((await send({ headers })).code).toBe("");
    await service.admin("POST", "reset");
  });
});

describe("the gateway's errors in ROA", () => {
  it.each([
    ["MissingVersion", { "x-acs-version": undefined }],
    ["MissingDate", { date: undefined }],
    ["InvalidTimeStamp.Format", { date: "2026-01-02T03:04:05Z" }],
    ["InvalidTimeStamp.Expired", { date: "Fri, 02 Jan 2026 03:04:05 GMT" }],
    ["InvalidVersion", { "x-acs-version": "1999-01-01" }],
    ["InvalidApi.NotFound", { "x-acs-version": "2000-01-01" }],
    ["IncompleteSignature", { authorization: "acs nothing" }],
    ["InvalidSignatureMethod", { authorization: "ACS3-HMAC-SM3 x" }],
    ["SignatureDoesNotMatch", { authorization: "acs local:AAAA" }],
    ["SignatureDoesNotMatch", { "content-md5": "AAAA" }],
    [
      "MissingX-acs-date",
      { authorization: "ACS3-HMAC-SHA256 Credential=local,SignedHeaders=host,Signature=0" },
    ],
  ])("%s", async (code, override) => {
    const answer = await rawRoa(service, "/stalls/s/items/i", override);
    expect(answer.code).toBe(code);
    expect(answer.body).toMatchObject({ code, message: answer.message, requestId: answer.body.RequestId });
  });

  it("the room's own form for refused parameters", async () => {
    expect((await rawRoa(service, "/stalls/s/items")).body).toMatchObject({
      data: { pageSize: 10 },
    });
    const body = JSON.stringify({ remark: "x".repeat(61) });
    const answer = await rawRoa(service, "/stalls/s/items/i", {}, { method: "POST", body });
    expect([answer.code, answer.status]).toEqual(["parameter.bad", 400]);
    expect(answer.message).toContain("remark");
  });

  it.each(["[1]", "{", '"text"', "null", "12"])("a body that is no JSON object: %s", async (body) => {
    const answer = await rawRoa(service, "/stalls/s/items/i", {}, { method: "POST", body });
    expect(answer.code).toBe("InvalidParameter.Format");
  });

  it("a repeated parameter stands for a list, where other clients send JSON text", async () => {
    const target = { endpoint: service.endpoint, ...service.key };
    const query = { "tagKey.1": "a", "tagKey.2": "b" };
    const answer = await clients["openapi-client V3"]?.roa(target, {
      version: "2000-01-02",
      method: "GET",
      path: "/stalls/s/items",
      query,
    });
    expect(answer?.body).toMatchObject({ data: { tagKey: ["a", "b"] } });
  });
});

describe("rights", () => {
  it("a read-only key reads and does not write; a revoked or inactive one does nothing", async () => {
    const made = await service.admin("POST", "keys", { rights: "readOnly" });
    const key = { accessKeyId: String(made.accessKeyId), accessKeySecret: String(made.accessKeySecret) };
    expect((await rpc("ListThings", {}, { key })).code).toBe("");
    const refused = await rpc("PutThing", { Name: "a" }, { key });
    expect([refused.code, refused.status]).toEqual(["Forbidden.RAM", 403]);
    await service.admin("PATCH", `keys/${key.accessKeyId}`, { active: false });
    expect((await rpc("ListThings", {}, { key })).code).toBe("InvalidAccessKeyId.Inactive");
    await service.admin("DELETE", `keys/${key.accessKeyId}`);
    expect((await rpc("ListThings", {}, { key })).code).toBe("InvalidAccessKeyId.NotFound");
  });

  it("a token expires", async () => {
    const made = await service.admin("POST", "keys", { tokenSeconds: 900 });
    const key = {
      accessKeyId: String(made.accessKeyId),
      accessKeySecret: String(made.accessKeySecret),
      securityToken: String(made.securityToken),
    };
    expect((await rpc("ListThings", {}, { key })).code).toBe("");
    nowMs += 16 * MINUTE_MS;
    try {
      const late = await rpc("ListThings", { Timestamp: isoSeconds(nowMs) }, { key });
      expect(late.code).toBe("InvalidSecurityToken.Expired");
    } finally {
      nowMs -= 16 * MINUTE_MS;
    }
  });
});

describe("bodies", () => {
  it("one that is too large is refused, also when its length is announced", async () => {
    const answer = await answerOf(
      await fetch(service.url, { method: "POST", body: "a=".padEnd(20_000, "b") }),
    );
    expect([answer.code, answer.status]).toEqual(["RequestEntityTooLarge", 413]);
  });

  it("one that does not come is refused in time", async () => {
    const text = await overSocket(service.port, (send) =>
      send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nAction=a"),
    );
    expect(text).toMatch(/^HTTP\/1.1 408 /);
    expect(text).toContain('"Code":"RequestTimeout"');
  });

  it("many unfinished ones together are bounded, and what they held is free again afterwards", async () => {
    const half = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n${"a".repeat(8_000)}`;
    const texts = await Promise.all([1, 2, 3].map(() => overSocket(service.port, (send) => send(half))));
    const statuses = texts.map((text) => text.slice(9, 12)).sort();
    expect(statuses).toEqual(["408", "503", "503"]);
    const pairs = rpcParams(service.key, "ListThings", { Note: "a".repeat(9_000) });
    const body = signedQuery("POST", pairs, service.key.accessKeySecret);
    expect((await answerOf(await fetch(service.url, { method: "POST", body }))).code).toBe("");
  });

  it("the longest header is bounded, and nonsense is answered in the gateway's form", async () => {
    const long = await overSocket(service.port, (send) =>
      send(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"a".repeat(200_000)}\r\n\r\n`),
    );
    expect(long).toMatch(/^HTTP\/1.1 431 /);
    const nonsense = await overSocket(service.port, (send) => send("nonsense\r\n\r\n"));
    expect(nonsense).toMatch(/^HTTP\/1.1 400 /);
    expect(nonsense).toContain('"Code":"BadRequest"');
  });

  it("a form body counts over the query", async () => {
    const pairs = rpcParams(service.key, "PutThing", { Name: "form" });
    const query = signedQuery("POST", pairs, service.key.accessKeySecret);
    const answer = await answerOf(
      await fetch(`${service.url}/?Name=query`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: query,
      }),
    );
    expect(answer.body).toMatchObject({ Name: "form" });
  });
});
