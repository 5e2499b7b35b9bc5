import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../../support/service.ts";
import { rawRpc, rpcParams, signedQuery } from "../support/raw.ts";
import { testRooms } from "../support/rooms.ts";

/** With the default keys, with keys of one's own, and with keys of one's own and settings that allow more. */
let open: TestService;
let keyed: TestService;
let allowing: TestService;

const keys = [{ accessKeyId: "own", accessKeySecret: "own-secret", rights: "all", active: true }] as const;
const PAGE = "https://console.example:8443";

beforeAll(async () => {
  open = await startService({ rooms: testRooms });
  keyed = await startService({ rooms: testRooms, settings: { keys } });
  const settings = { keys, origins: [PAGE], hosts: ["tracking.test"] };
  allowing = await startService({ rooms: testRooms, settings });
});
afterAll(() => Promise.all([open, keyed, allowing].map((one) => one.stop())));

interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly host?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly version?: string;
}

/** Raw HTTP: no client library has a say in what is sent. */
function raw(service: TestService, ask: Ask): Promise<string> {
  const { path = "/", method = "GET", headers = {}, body = "", version = "1.1" } = ask;
  const host = "host" in ask ? ask.host : service.endpoint;
  const lines = [`${method} ${path} HTTP/${version}`, "connection: close"];
  if (host !== undefined) lines.push(`host: ${host}`);
  if (body !== "")
    lines.push(`content-length: ${body.length}`, "content-type: application/x-www-form-urlencoded");
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(service.port, "127.0.0.1", () =>
      socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`),
    );
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", reject).on("close", () => resolve(text));
  });
}

const statusOf = async (answer: Promise<string>) => Number(/^HTTP\/1\.1 (\d+)/.exec(await answer)?.[1]);
const codeOf = async (answer: Promise<string>) => /"[Cc]ode": ?"([^"]*)"/.exec(await answer)?.[1];

/** What a page would send: a whole signed call in a form body. */
function signedForm(service: TestService): string {
  return signedQuery(
    "POST",
    rpcParams(service.key, "PutThing", { Name: "from-a-page" }),
    service.key.accessKeySecret,
  );
}

const posted = (service: TestService, ask: Ask) =>
  raw(service, { method: "POST", body: signedForm(service), ...ask });
const stored = async (service: TestService) => (await rawRpc(service, "ListThings")).body.Things;

const foreign: readonly [what: string, headers: Readonly<Record<string, string>>][] = [
  ["an Origin of another site", { origin: "http://evil.example" }],
  ["an Origin of another port of this machine", { origin: "http://127.0.0.1:3000" }],
  ["an opaque Origin", { origin: "null" }],
  [
    "an own Origin that came from elsewhere",
    { origin: "http://localhost:1", "sec-fetch-site": "cross-site" },
  ],
  ["a cross-site request without an Origin", { "sec-fetch-site": "cross-site" }],
  ["a same-site request without an Origin", { "sec-fetch-site": "same-site" }],
];
const strangers: readonly (string | undefined)[] = [
  "evil.example",
  "evil.example:80",
  "127.0.0.1.evil.example",
  "localhost.evil.example:8780",
  "evil.example:80@127.0.0.1",
  "aliyuncs.com",
  "shop.evil-aliyuncs.com",
  "bucket.oss-cn-hangzhou.aliyuncs.com",
  "10.0.0.1",
  "",
];
const paths = [
  "/",
  "/_service/reset",
  "/_service/health",
  "/_service/status",
  "/stalls/a/items/b",
  "/nothing",
];

describe("the front door", () => {
  it.each(foreign)(
    "refuses %s on every path, with the default keys and with keys of one's own",
    async (_, headers) => {
      for (const service of [open, keyed]) {
        for (const path of paths) {
          for (const method of ["GET", "POST", "OPTIONS"]) {
            const answer = raw(service, { path, method, headers });
            expect([path, method, await statusOf(answer)]).toEqual([path, method, 403]);
            expect(await codeOf(answer)).toBe("OriginNotAllowed");
            expect(await answer).not.toMatch(/access-control/i);
          }
        }
        expect(await codeOf(posted(service, { headers }))).toBe("OriginNotAllowed");
        expect(await stored(service)).toEqual([]);
      }
    },
  );

  it.each(strangers)("refuses the host %j on every path", async (host) => {
    for (const service of [open, keyed]) {
      for (const path of paths) {
        const answer = raw(service, { path, host });
        const isOwn = path.startsWith("/_service/");
        expect([path, await statusOf(answer)]).toEqual([path, isOwn ? 403 : 404]);
        expect(await codeOf(answer)).toBe(isOwn ? "HostNotAllowed" : "InvalidProduct.NotFound");
      }
      expect(await codeOf(posted(service, { host }))).toBe("InvalidProduct.NotFound");
      expect(await stored(service)).toEqual([]);
    }
  });

  it("refuses a strange host in the request line, and none at all", async () => {
    const line = raw(open, { path: "http://evil.example/?Action=ListThings" });
    expect(await codeOf(line)).toBe("InvalidProduct.NotFound");
    expect(await codeOf(raw(open, { host: undefined, version: "1.0" }))).toBe("InvalidProduct.NotFound");
  });

  it.each([
    "localhost",
    "LOCALHOST:8780",
    "127.0.0.1:1",
    "127.8.8.8",
    "[::1]:8780",
    "shop.aliyuncs.com",
    "shop.cn-hangzhou.aliyuncs.com:8780",
    "shop.cn-hangzhou.localhost:8780",
    "stall-vpc.cn-hangzhou.aliyuncs.com",
    "1000000000000001.shop.cn-hangzhou.aliyuncs.com",
  ])("lets a call to %s in: clients send the host that they were made for", async (host) => {
    const answer = await posted(open, { host });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    await open.admin("POST", "reset");
  });

  it("lets the service's own page and an address bar in", async () => {
    const host = "localhost:8780";
    const own: readonly Readonly<Record<string, string>>[] = [
      { origin: `http://${host}`, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "same-origin" },
    ];
    for (const headers of own) {
      expect(await statusOf(raw(open, { path: "/_service/status", host, headers }))).toBe(200);
    }
  });

  it("`/_service/` answers to no published host and to no page but its own, whatever the settings list", async () => {
    const host = "shop.cn-hangzhou.aliyuncs.com";
    expect(await statusOf(raw(open, { path: "/_service/status", host }))).toBe(403);
    const listed = { path: "/_service/reset", method: "POST", headers: { origin: PAGE } };
    expect(await codeOf(raw(allowing, listed))).toBe("OriginNotAllowed");
    expect(await statusOf(raw(allowing, { path: "/_service/status", host: "tracking.test:8780" }))).toBe(200);
  });
});

describe("settings that allow more", () => {
  it("a listed page calls and reads the answer, after the question that its browser asks", async () => {
    const headers = { origin: PAGE, "sec-fetch-site": "cross-site" };
    const question = await raw(allowing, {
      method: "OPTIONS",
      headers: {
        ...headers,
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-acs-date",
      },
    });
    expect(question).toMatch(/^HTTP\/1\.1 204 /);
    expect(question).toMatch(/access-control-allow-headers: x-acs-date/i);
    const answer = await posted(allowing, { headers });
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toMatch(/access-control-allow-origin: https:\/\/console\.example:8443/i);
    const other = posted(allowing, { headers: { origin: "https://console.example" } });
    expect(await codeOf(other)).toBe("OriginNotAllowed");
  });

  it("a listed host is answered", async () => {
    expect(await statusOf(posted(allowing, { host: "tracking.test" }))).toBe(200);
  });

  it("pages are never listed for the default keys, which everybody knows", async () => {
    const settings = { origins: [PAGE] };
    await expect(startService({ rooms: testRooms, settings })).rejects.toThrow(/default access key/);
  });
});
