import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../../support/service.ts";
import { rawRpc } from "../support/raw.ts";
import { testRooms } from "../support/rooms.ts";

let service: TestService;
const folder = mkdtempSync(join(tmpdir(), "admin-"));

beforeAll(async () => {
  service = await startService({ rooms: testRooms, dataDir: join(folder, "main") });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await service.admin("POST", "reset");
});

const put = (Name: string, more = {}) => rawRpc(service, "PutThing", { Name, ...more });
const things = async (of: TestService = service) => (await rawRpc(of, "ListThings")).body.Things;

/** Like curl, with headers that fetch does not let through. */
function ask(
  path: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const req = request({ port: service.port, host: "127.0.0.1", path, headers, method }, (res) => {
      let text = "";
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, text }));
    });
    req.on("error", reject).end();
  });
}

describe("faults", () => {
  it("an error as often as it says, then never again", async () => {
    await service.admin("POST", "faults", {
      product: "shop",
      action: "PutThing",
      kind: "error",
      code: "Throttling.User",
      httpStatus: 400,
      times: 2,
    });
    expect((await put("a")).code).toBe("Throttling.User");
    expect((await rawRpc(service, "ListThings")).code).toBe("");
    expect((await put("a")).headers.get("x-acs-retry-after")).toBe("1000");
    expect((await put("a")).code).toBe("");
    expect(await service.admin("GET", "faults")).toEqual({ faults: [] });
  });

  it("an error about the signature has the form that clients take apart, whatever message it was given", async () => {
    const marked = "mine: server string to sign is:X";
    for (const [code, message] of [
      ["SignatureDoesNotMatch", "mine"],
      ["SignatureDoesNotMatch", undefined],
      ["IncompleteSignature", "mine"],
      ["SignatureDoesNotMatch", marked],
      ["Throttling", "mine"],
    ] as const) {
      await service.admin("POST", "faults", { kind: "error", code, message, httpStatus: 400, times: 1 });
      const answer = await rawRpc(service, "ListThings");
      expect(answer.code).toBe(code);
      // What one of the older clients does, without a look at what it has.
      const signed = answer.message.split("server string to sign is:")[1];
      if (code === "Throttling") expect(answer.message).toBe("mine");
      else expect(signed).toBe(message === marked ? "X" : "GET&%2F&");
      expect(answer.message.startsWith(message ?? "Specified signature is not matched")).toBe(true);
    }
  });

  it("a dropped answer: the work is done, the connection cut", async () => {
    await service.admin("POST", "faults", { action: "PutThing", kind: "drop", times: 1 });
    await expect(put("dropped")).rejects.toThrow();
    expect(await things()).toEqual([{ name: "dropped", count: 1 }]);
  });

  it("an answer that comes late: the work is done before it", async () => {
    await service.admin("POST", "faults", { action: "PutThing", kind: "delay", ms: 2_000, when: "after" });
    const late = put("late");
    await expect.poll(() => things()).toEqual([{ name: "late", count: 1 }]);
    await service.admin("DELETE", "faults");
    expect((await late).code).toBe("");
  });

  it("a delay, and a chance, and taking a rule back", async () => {
    const rule = await service.admin("POST", "faults", { kind: "delay", ms: 30 });
    expect((await put("slow")).code).toBe("");
    await service.admin("DELETE", `faults/${rule.id}`);
    await expect(service.admin("DELETE", `faults/${rule.id}`)).rejects.toThrow(/404/);
    await service.admin("POST", "faults", { kind: "error", probability: 0.5 });
    const codes = await Promise.all(Array.from({ length: 60 }, () => rawRpc(service, "ListThings")));
    expect(new Set(codes.map((one) => one.code))).toEqual(new Set(["", "ServiceUnavailable"]));
    await service.admin("DELETE", "faults");
    expect((await put("b")).code).toBe("");
  });

  it.each([
    [{ kind: "explode" }, /kind: must be error, delay or drop/],
    [[], /fault rule: must be an object, got a list/],
    [{ kind: "delay" }, /ms: is required/],
    [{ kind: "drop", hits: 1 }, /fault rule: must not hold .*hits/],
    [{ kind: "drop", product: "nothing" }, /no product is named nothing/],
    [{ kind: "drop", action: "Nothing" }, /no action Nothing/],
    [{ kind: "drop", times: 0 }, /times/],
  ])("a rule that makes no sense is refused: %j", async (rule, message) => {
    await expect(service.admin("POST", "faults", rule)).rejects.toThrow(message);
  });
});

describe("journal, status and health", () => {
  it("shows who called what, with which end, and no secret", async () => {
    await put("a", { Password: "Hidden-3" });
    await rawRpc(service, "BreakThing", { How: "soldOut" });
    const { calls } = (await service.admin("GET", "journal?limit=2&product=shop")) as { calls: object[] };
    expect(calls).toMatchObject([
      {
        product: "shop",
        action: "BreakThing",
        code: "SoldOut",
        httpStatus: 409,
        accessKeyId: service.key.accessKeyId,
      },
      { product: "shop", action: "PutThing", code: "OK", httpStatus: 200 },
    ]);
    const status = await service.admin("GET", "status");
    expect(status).toMatchObject({ status: "ready", address: service.url, rooms: { shop: { things: 1 } } });
    expect(JSON.stringify([calls, status]) + service.logs()).not.toContain("Hidden-3");
    expect(await service.admin("GET", "health")).toEqual({ status: "ready" });
  });

  it("keeps the last 500 calls", async () => {
    await Promise.all(Array.from({ length: 20 }, () => rawRpc(service, "ListThings")));
    const { calls, total } = (await service.admin("GET", "journal")) as { calls: object[]; total: number };
    expect(calls).toHaveLength(Math.min(total, 500));
  });

  it("hides what is named like a secret in the settings of the rooms", async () => {
    const other = await startService({
      rooms: testRooms,
      settings: { rooms: { shop: { apiToken: "t", limit: 3, url: "http://u:Hidden-7@h/" } } },
    });
    expect((await other.admin("GET", "status")).settings).toEqual({
      shop: { apiToken: "***", limit: 3, url: "http://u:***@h/" },
    });
    await other.stop();
  });
});

describe("who may ask", () => {
  it("a page of another site may not, whatever it calls itself", async () => {
    const foreign = await ask("/_service/status", { host: "evil.example:80" });
    expect([foreign.status, foreign.text]).toEqual([403, expect.stringContaining("HostNotAllowed")]);
    const page = await ask("/_service/reset", { origin: "http://evil.example" }, "POST");
    expect([page.status, page.text]).toEqual([403, expect.stringContaining("OriginNotAllowed")]);
    const neighbour = { host: "localhost", origin: "http://127.0.0.1:3000" };
    expect((await ask("/_service/status", neighbour)).status).toBe(403);
    const own = { host: "localhost:8780", origin: "http://localhost:8780" };
    expect((await ask("/_service/status", own)).status).toBe(200);
    expect((await ask("/_service/health", { host: "evil.example" })).status).toBe(403);
  });

  it("a service token is asked for when there is one", async () => {
    const serviceToken = "a-token-of-24-characters";
    const other = await startService({ rooms: testRooms, settings: { serviceToken } });
    expect((await fetch(`${other.url}/_service/status`)).status).toBe(401);
    expect((await other.admin("GET", "status")).status).toBe("ready");
    expect((await fetch(`${other.url}/_service/health`)).status).toBe(200);
    await other.stop();
  });

  it("unknown pages, methods and bodies get clear answers", async () => {
    expect((await ask("/_service/nothing", {})).status).toBe(404);
    expect((await ask("/_service/%E0%A4%A", {})).status).toBe(400);
    expect((await ask("/_service/status", {}, "POST")).status).toBe(405);
    const bad = await fetch(`${service.url}/_service/faults`, { method: "POST", body: "{" });
    expect(bad.status).toBe(400);
  });

  it("beyond loopback only with keys of one's own and a token", async () => {
    const open = (settings: object) =>
      startService({ rooms: testRooms, settings: { host: "0.0.0.0", ...settings } });
    const keys = [{ accessKeyId: "own", accessKeySecret: "own-secret", rights: "all", active: true }];
    await expect(open({})).rejects.toThrow(/default access key/);
    await expect(open({ keys })).rejects.toThrow(/service token/);
    const other = await open({ keys, serviceToken: "a-token-of-24-characters" });
    expect((await rawRpc(other, "ListThings")).code).toBe("");
    await other.stop();
  });
});

describe("keys", () => {
  it("survive a restart; secrets are shown once and stored sealed", async () => {
    const none = service.admin("POST", "keys", { rights: "none" });
    await expect(none).rejects.toThrow(/rights: must be one of all, readOnly/);
    const made = await service.admin("POST", "keys", {});
    const key = { accessKeyId: String(made.accessKeyId), accessKeySecret: String(made.accessKeySecret) };
    expect(JSON.stringify(await service.admin("GET", "keys"))).not.toContain(key.accessKeySecret);
    await service.restart();
    expect((await rawRpc(service, "ListThings", {}, { key })).code).toBe("");
    await service.admin("DELETE", `keys/${key.accessKeyId}`);
    await service.restart();
    expect((await rawRpc(service, "ListThings", {}, { key })).code).toBe("InvalidAccessKeyId.NotFound");
    await expect(service.admin("DELETE", `keys/${service.key.accessKeyId}`)).rejects.toThrow(/settings/);
  });
});

describe("reset, snapshot, restore", () => {
  it("bring back what was there, bytes and secrets included; the secrets stay sealed", async () => {
    await put("kept", { Count: "4", Password: "Hidden-4" });
    const snapshot = await service.admin("GET", "snapshot");
    expect(JSON.stringify(snapshot)).not.toContain("Hidden-4");
    await service.admin("POST", "reset");
    expect(await things()).toEqual([]);
    await put("other");
    await service.admin("POST", "restore", snapshot);
    expect(await things()).toEqual([{ name: "kept", count: 4 }]);
    expect(await service.admin("GET", "snapshot")).toEqual(snapshot);
    const row = service.running?.kernel.store.get<{ secret: string }>("SELECT secret FROM shop_things");
    expect(service.running?.kernel.vault.open(row?.secret ?? "")).toBe("Hidden-4");
  });

  it("a snapshot that does not fit changes nothing", async () => {
    await put("kept");
    const good = (await service.admin("GET", "snapshot")) as { rooms: Record<string, { steps: string[] }> };
    const refused = async (snapshot: unknown, message: RegExp) => {
      await expect(service.admin("POST", "restore", snapshot)).rejects.toThrow(message);
      expect(await things()).toEqual([{ name: "kept", count: 1 }]);
    };
    await refused({}, /not a snapshot of this service: format: must be change-tracking-snapshot-1/);
    await refused({ ...good, keyFingerprint: "0" }, /vault key/);
    await refused({ ...good, rooms: { ...good.rooms, other: { steps: [], tables: {} } } }, /other/);
    await refused({ ...good, rooms: { shop: { ...good.rooms.shop, steps: ["002"] } } }, /another version/);
  });

  it("waits for running calls and holds new ones back meanwhile", async () => {
    const slow = rawRpc(service, "WaitForThing", { Name: "slow", Ms: "1000" });
    await expect.poll(() => service.running?.calls()).toBe(1);
    const reset = service.admin("POST", "reset");
    const after = put("after");
    expect((await slow).code).toBe("");
    await reset;
    expect((await after).code).toBe("");
    expect(await things()).toEqual([{ name: "after", count: 1 }]);
  });
});

describe("clock", () => {
  it("moves, and due waits run", async () => {
    const other = await startService({ rooms: testRooms, settings: { waitScale: 1 } });
    let ran = 0;
    other.running?.kernel.clock.after(3_600_000, () => {
      ran += 1;
    });
    const moved = await other.admin("POST", "clock", { advanceMs: 3_700_000 });
    expect(moved.offsetMs).toBe(3_700_000);
    await expect.poll(() => ran).toBe(1);
    expect((await rawRpc(other, "ListThings")).code).toBe("InvalidTimeStamp.Expired");
    await other.admin("POST", "clock", { offsetMs: 0 });
    expect((await rawRpc(other, "ListThings")).code).toBe("");
    await other.stop();
  });

  it("does not move unless the service was started for tests", async () => {
    const other = await startService({ rooms: testRooms, settings: { testClock: false } });
    await expect(other.admin("POST", "clock", { advanceMs: 1 })).rejects.toThrow(/--test-clock/);
    await other.stop();
  });
});

describe("seeds and controls of the rooms", () => {
  it("seeds before it is ready, once per folder, and refuses what no room takes", async () => {
    const seedPath = join(folder, "seed.yaml");
    const dataDir = join(folder, "seeded");
    writeFileSync(seedPath, "shop:\n  names: [one, two]\n");
    const seeded = await startService({ rooms: testRooms, dataDir, settings: { seedPath } });
    expect(await things(seeded)).toHaveLength(2);
    await seeded.restart();
    expect(await things(seeded)).toHaveLength(2);
    await seeded.admin("POST", "reset");
    expect(await things(seeded)).toHaveLength(0);
    await seeded.restart();
    expect(await things(seeded)).toHaveLength(2);
    await seeded.stop();
    for (const [text, message] of [
      ["stall: {}", /stall: no product/],
      ["- 1", /one member per product/],
      ["shop: { names: 3 }", /seed file .*names/s],
      ["shop: { password: Hidden-6 ", /not well-formed YAML at line 1/],
      ["shop: { password: Hidden-6, password: Hidden-6 }", /not well-formed YAML/],
      ["shop: { names: 3, password: Hidden-6 }", /names/],
    ] as const) {
      writeFileSync(seedPath, text);
      const refused = startService({ rooms: testRooms, settings: { seedPath } });
      await expect(refused).rejects.toThrow(message);
      await expect(refused).rejects.not.toThrow(/Hidden-6/);
    }
  });

  it("controls are what only a local service has", async () => {
    await put("a");
    expect(await service.admin("POST", "rooms/shop/recount", { count: 7 })).toEqual({ changed: 1 });
    expect(await things()).toEqual([{ name: "a", count: 7 }]);
    await expect(service.admin("POST", "rooms/shop/constructor", {})).rejects.toThrow(/it has: recount/);
  });
});
