import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mergeParams, type Pair, parsePairs } from "../../../contract/wire/query.ts";
import { readClaim, type SignedRequest, verifySignature } from "../../../service/core/auth/signature.ts";

// The clients are CommonJS with a default export that Node and bundlers see differently.
const require = createRequire(import.meta.url);
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");
const { RPCClient, ROAClient } = require("@alicloud/pop-core");

const SECRET = "testsecret";
/** Values that encoders treat differently. */
const ODD = "a b*c~d+e'(1)!%41 ü组😀\t\n";

interface Seen {
  scheme: string;
  ok: boolean;
  params: Pair[];
}

let server: Server;
let endpoint: string;
let seen: Seen[] = [];

async function look(message: IncomingMessage): Promise<Seen> {
  const body = await buffer(message);
  const [rawPath = "", rawQuery = ""] = (message.url ?? "").split(/\?(.*)/s);
  const req: SignedRequest = {
    method: message.method ?? "",
    rawPath,
    rawQuery,
    headers: message.headers as Record<string, string>,
    body,
  };
  const isForm = message.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const params = mergeParams(parsePairs(rawQuery), isForm ? parsePairs(body.toString()) : []);
  const claim = readClaim(req, params);
  if (claim instanceof Error) throw claim;
  return { scheme: claim.scheme, ok: verifySignature(req, params, claim, SECRET).ok, params };
}

beforeAll(async () => {
  server = createServer(async (message, response) => {
    seen.push(await look(message));
    response.setHeader("content-type", "application/json;charset=utf-8");
    response.end('{"RequestId":"1"}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  seen = [];
});

async function callOpenApi(signatureAlgorithm: string | undefined, style: "RPC" | "ROA", token?: string) {
  const config = new Config({
    accessKeyId: "testid",
    accessKeySecret: SECRET,
    securityToken: token,
    endpoint,
    protocol: "http",
    signatureAlgorithm,
  });
  const params = new Params({
    action: "CreateConsumerGroup",
    version: "2022-08-01",
    protocol: "HTTP",
    pathname: style === "RPC" ? "/" : `/instances/rmq-1/consumerGroups/${encodeURIComponent("GID%x y")}`,
    method: "POST",
    authType: "AK",
    style,
    reqBodyType: style === "RPC" ? "formData" : "json",
    bodyType: "json",
  });
  const request = new OpenApiRequest({ query: { Name: ODD, filter: "" }, body: { Note: ODD } });
  await new OpenApi(config).callApi(params, request, new RuntimeOptions({}));
}

describe("signatures of official clients", () => {
  it.each([
    ["v3", undefined, "RPC", "v3"],
    ["v3", undefined, "ROA", "v3"],
    ["v2 mode", "v2", "RPC", "rpc-v1"],
    ["v2 mode", "v2", "ROA", "roa-v1"],
  ] as const)("are accepted: openapi-client, %s (%s, %s)", async (_, algorithm, style, scheme) => {
    await callOpenApi(algorithm, style);
    await callOpenApi(algorithm, style, "to+k/en==");
    expect(seen.map(({ scheme: one, ok }) => [one, ok])).toEqual([
      [scheme, true],
      [scheme, true],
    ]);
  });

  it.each(["GET", "POST"])("are accepted: pop-core RPC by %s", async (method) => {
    const client = new RPCClient({
      accessKeyId: "testid",
      accessKeySecret: SECRET,
      endpoint: `http://${endpoint}`,
      apiVersion: "2020-01-01",
    });
    await client.request("DescribeDtsJobs", { name: ODD, empty: "", TagKey: ["a", ODD] }, { method });
    expect(seen).toMatchObject([{ scheme: "rpc-v1", ok: true }]);
    expect(seen[0]?.params).toContainEqual(["TagKey.2", ODD]);
  });

  it("are accepted: pop-core ROA, with a query, a body and an odd path", async () => {
    const client = new ROAClient({
      accessKeyId: "testid",
      accessKeySecret: SECRET,
      endpoint: `http://${endpoint}`,
      apiVersion: "2022-08-01",
    });
    await client.get("/instances/rmq-1/consumerGroups", { filter: "", pageSize: "10" });
    await client.post(
      "/instances/rmq-1/consumerGroups/GID%25x",
      { a: ODD },
      JSON.stringify({ remark: ODD }),
      {
        "content-type": "application/json",
      },
    );
    expect(seen.map(({ scheme, ok }) => [scheme, ok])).toEqual([
      ["roa-v1", true],
      ["roa-v1", true],
    ]);
  });
});
