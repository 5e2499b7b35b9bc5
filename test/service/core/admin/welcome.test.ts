import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../../support/service.ts";
import { testRooms } from "../support/rooms.ts";

let service: TestService;
beforeAll(async () => {
  const [shop, ...others] = testRooms;
  if (!shop) throw new Error("no room");
  const titled = { ...shop, name: "kiosk", title: "A kiosk", version: "2000-01-01", migrations: [] };
  service = await startService({ rooms: [{ ...shop, version: '<b>&"1' }, ...others, titled] });
});
afterAll(() => service.stop());

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${service.url}${path}`, { method, headers: { connection: "close", ...headers } });
const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("a browser at the bare address", () => {
  it("gets a page that says what this is and leads to the status, and can do nothing", async () => {
    const answer = await get("/", html);
    const text = await answer.text();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html;charset=utf-8"]);
    expect(answer.headers.get("content-security-policy")).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'/,
    );
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(text).toContain("change-tracking-service");
    expect(text).toContain('<a href="/_service/status">');
    expect(text).toContain("<li>A kiosk, version 2000-01-01</li>");
    expect(text).toContain("version &#60;b&#62;&#38;&#34;1");
    expect(text).not.toMatch(/<script|<style|<b>|src=|style=/i);
    expect((await get("/?from=a-bookmark", html)).status).toBe(200);
  });

  it("nobody else does: calls get the answers of the API", async () => {
    for (const [path, headers, method] of [
      ["/", {}, "GET"],
      ["/", { accept: "application/json" }, "GET"],
      ["/", html, "POST"],
      ["/?Action=ListThings", html, "GET"],
      ["/?action=ListThings", html, "GET"],
      ["/", { ...html, authorization: "acs a:b" }, "GET"],
      ["/other", html, "GET"],
    ] as const) {
      const answer = await get(path, headers, method);
      expect([path, answer.headers.get("content-type")]).toEqual([path, "application/json;charset=utf-8"]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  it("the status is indented and names things", async () => {
    await service.admin("POST", "faults", { kind: "error", action: "PutThing" });
    const text = await (await get("/_service/status")).text();
    expect(text).toMatch(/^\{\n {2}"service": "change-tracking-service",\n/);
    expect(JSON.parse(text)).toMatchObject({
      accessKeyIds: [service.key.accessKeyId],
      faultRules: ["fault-1: error for * PutThing, 0 hits"],
      products: { shop: { name: "shop" } },
    });
  });

  it.each(["//", "/\\", "//:80", "//[?a=b"])(
    "whose address is %s ends nothing: the API refuses it",
    async (path) => {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const sent = request(
          { port: service.port, host: "127.0.0.1", path, headers: html, agent: false },
          (res) => {
            res.resume();
            resolve(res.statusCode);
          },
        );
        sent.on("error", reject).end();
      });
      expect(status).toBe(404);
      expect((await get("/", html)).status).toBe(200);
    },
  );
});
