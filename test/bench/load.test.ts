import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { readAnswer, runLoad } from "../../bench/requests/load.ts";
import { type Call, type Scheme, signedRequest } from "../../bench/requests/sign.ts";
import { parsePairs } from "../../contract/wire/query.ts";
import { readClaim, type SignedRequest, verifySignature } from "../../service/core/auth/signature.ts";

const call: Call = {
  port: 8780,
  action: "DescribeConsumerChannel",
  version: "2020-01-01",
  parameters: { DtsInstanceId: "dts a*b", RegionId: "cn-hangzhou" },
  accessKeyId: "bench",
  secret: "bench-secret",
};

/** Takes the bytes of a request without a body apart again. */
function parse(bytes: Buffer): SignedRequest {
  const [first = "", ...lines] = bytes.toString("latin1").trimEnd().split("\r\n");
  const [method = "", target = ""] = first.split(" ");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  return { method, rawPath: "/", rawQuery: target.slice(2), headers, body: new Uint8Array() };
}

describe("signed requests of the load", () => {
  it.each<Scheme>(["v1", "v3"])("%s verifies, each with its own nonce", (scheme) => {
    const nonces = Array.from({ length: 3 }, () => {
      const request = parse(signedRequest(scheme, call));
      const params = parsePairs(request.rawQuery);
      const claim = readClaim(request, params);
      if (!("scheme" in claim)) throw new Error("no claim");
      expect(verifySignature(request, params, claim, call.secret)).toEqual({ ok: true });
      return claim.nonce;
    });
    expect(new Set(nonces).size).toBe(3);
  });
});

describe("the load generator", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function serve(status: number, seen: IncomingMessage[]): Promise<number> {
    server = createServer((request, response) => {
      seen.push(request);
      response.writeHead(status).end("abc");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server?.once("listening", resolve));
    return (server.address() as AddressInfo).port;
  }

  const order = { scheme: "v3", clients: 2, sendAgain: false, warmUpMs: 0, measureMs: 5_000 } as const;

  it("ends when the requests are used up and reports what was answered", async () => {
    const seen: IncomingMessage[] = [];
    const port = await serve(200, seen);
    const report = await runLoad({ ...order, call: { ...call, port }, requestsMax: 20 });
    expect(seen).toHaveLength(20);
    expect(report).toMatchObject({ requests: 20 });
    expect(report.p99Ms).toBeGreaterThanOrEqual(report.p50Ms);
  });

  it("fails on any answer but 200", async () => {
    const port = await serve(403, []);
    const run = runLoad({ ...order, call: { ...call, port }, requestsMax: 5 });
    await expect(run).rejects.toThrow("answer 403");
  });

  it("waits for a whole answer, with a length or in chunks", () => {
    const counted = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
    expect(readAnswer(Buffer.from(counted.slice(0, -1)))).toBeUndefined();
    expect(readAnswer(Buffer.from(counted))).toEqual({ status: 200, bodyBytes: 3 });
    const chunked = "HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    expect(readAnswer(Buffer.from(chunked.slice(0, -3)))).toBeUndefined();
    expect(readAnswer(Buffer.from(chunked))?.status).toBe(400);
  });
});
