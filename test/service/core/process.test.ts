import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../support/service.ts";
import { overSocket, rawRpc } from "./support/raw.ts";
import { testRooms } from "./support/rooms.ts";

const folder = mkdtempSync(join(tmpdir(), "process-"));
const main = join(import.meta.dirname, "../../../service/main.ts");
const running: TestService[] = [];
const location = { Version: "2015-06-12", Id: "cn-hangzhou", ServiceCode: "anything" };

async function start(options: Parameters<typeof startService>[0]): Promise<TestService> {
  const service = await startService(options);
  running.push(service);
  return service;
}

afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runMain(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    timeout: 100_000,
  });
  return { status, stdout, stderr };
}

describe("the process", () => {
  it("says once where it is, in JSON when nobody looks, and ends with 0 on SIGTERM", async () => {
    const service = await start({ asProcess: true, settings: { logLevel: "info" } });
    const lines = service.logs().split("\n").filter(Boolean);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: "ready", url: service.url, dataFolder: "in memory", status: `${service.url}/_service/status` },
    ]);
    expect((await rawRpc(service, "DescribeEndpoints", location)).body).toMatchObject({
      Success: true,
      Endpoints: { Endpoint: [{ Endpoint: service.endpoint, Id: "cn-hangzhou", SerivceCode: "anything" }] },
    });
    await service.stop();
    expect(service.exitCode()).toBe(0);
  });

  it("refuses what it does not understand with 2, and what cannot be with 1", async () => {
    expect(runMain("--prot", "1")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("--prot"),
    });
    expect(runMain("--version")).toMatchObject({ status: 0, stderr: "" });
    expect(runMain("--help").stdout).toContain("--wait-scale");
    const open = runMain("--host", "0.0.0.0", "--memory", "--port", "0");
    expect([open.status, open.stderr]).toEqual([1, expect.stringContaining("default access key")]);
    const service = await start({});
    const taken = runMain("--port", String(service.port), "--memory");
    expect([taken.status, taken.stderr]).toEqual([
      1,
      expect.stringContaining("another program uses the port"),
    ]);
  }, 60_000);

  it("a second one on the same folder is refused; after kill -9 the folder is taken over", async () => {
    const dataDir = join(folder, "shared");
    const service = await start({ asProcess: true, dataDir });
    const second = runMain("--port", "0", "--data", dataDir);
    expect([second.status, second.stderr]).toEqual([
      1,
      expect.stringContaining(`in use by another service (process ${service.pid})`),
    ]);
    await service.kill9();
    expect(existsSync(join(dataDir, "service.pid"))).toBe(true);
    await service.restart();
    expect((await service.admin("GET", "health")).status).toBe("ready");
    await service.stop();
    expect(existsSync(join(dataDir, "service.pid"))).toBe(false);
  }, 60_000);

  it("kill -9 loses nothing that was answered, and reopens no replay", async () => {
    const dataDir = join(folder, "killed");
    const service = await start({ asProcess: true, dataDir });
    const answered: { id: string; secret: string }[] = [];
    const nonce = { ...location, SignatureNonce: randomUUID() };
    for (let round = 0; round < 3; round += 1) {
      if (round === 0) expect((await rawRpc(service, "DescribeEndpoints", nonce)).code).toBe("");
      const work = Array.from({ length: 4 }, async () => {
        for (let i = 0; i < 100; i += 1) {
          const made = await service.admin("POST", "keys", {}).catch(() => undefined);
          if (!made) return;
          answered.push({ id: String(made.accessKeyId), secret: String(made.accessKeySecret) });
          if (answered.length === (round + 1) * 20) await service.kill9();
        }
      });
      await Promise.all(work);
      await service.restart();
      const { keys } = (await service.admin("GET", "keys")) as { keys: { accessKeyId: string }[] };
      const known = new Set(keys.map((key) => key.accessKeyId));
      expect(answered.filter((key) => !known.has(key.id))).toEqual([]);
      expect((await rawRpc(service, "DescribeEndpoints", nonce)).code).toBe("SignatureNonceUsed");
    }
    await service.stop();
    const stored = readdirSync(dataDir)
      .map((name) => readFileSync(join(dataDir, name), "latin1"))
      .join();
    for (const { secret } of answered) expect(stored + service.logs()).not.toContain(secret);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  }, 60_000);
});

describe("under the shell that npm starts", () => {
  /** Kills the shell, which hands nothing on, and says whether the service ends. */
  async function endsWithShell(script: string): Promise<boolean> {
    const command = `"${process.execPath}" "${main}" --memory --port 0; true`;
    const env = { ...process.env, npm_lifecycle_script: script };
    const shell = spawn("/bin/sh", ["-c", command], { env, stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(shell.stdout.setEncoding("utf8"), "data")) as [string];
    const { pid } = JSON.parse(line) as { pid: number };
    const ended = once(shell.stdout, "end").then(() => true);
    shell.kill("SIGTERM");
    await once(shell, "exit");
    const goesOn = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1_500));
    try {
      return script === "" ? await Promise.race([ended, goesOn]) : await ended;
    } finally {
      if (script === "") process.kill(pid, "SIGKILL");
    }
  }

  it.skipIf(process.platform === "win32")("SIGTERM to npx or npm run ends the service too", async () => {
    expect(await endsWithShell("change-tracking-service")).toBe(true);
  });

  it.skipIf(process.platform === "win32")("whoever starts it otherwise keeps it", async () => {
    expect(await endsWithShell("")).toBe(false);
  });
});

describe("stopping", () => {
  it("ends running calls first, and takes no new ones", async () => {
    const service = await start({ rooms: testRooms });
    const slow = rawRpc(service, "WaitForThing", { Name: "slow", Ms: "1000" });
    await expect.poll(() => service.running?.calls()).toBe(1);
    const stopped = service.stop();
    expect((await slow).code).toBe("");
    await stopped;
    await expect(rawRpc(service, "ListThings")).rejects.toThrow();
  });

  it("does not wait for idle connections or half a request", async () => {
    const service = await start({ rooms: testRooms });
    const idle = overSocket(service.port, (send) =>
      send("GET /_service/health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    );
    const half = overSocket(service.port, (send) => send("GET /_service/health HT"));
    // Both have been taken in once a later connection is answered, and then some.
    await service.admin("GET", "status");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await service.stop();
    expect(await idle).toMatch(/^HTTP\/1.1 200/);
    await half;
  });
});

describe("a full disk", () => {
  it("is answered with an error, nothing is stored, and the process lives", async () => {
    const service = await start({ rooms: testRooms, dataDir: join(folder, "full") });
    const store = service.running?.kernel.store;
    const pages = Number(Object.values(store?.get("PRAGMA page_count") ?? {})[0]);
    store?.get(`PRAGMA max_page_count = ${pages}`);
    const answers = [];
    for (let i = 0; i < 60; i += 1) {
      answers.push(await rawRpc(service, "PutThing", { Name: `thing-${i}`, Password: "p".repeat(3_000) }));
    }
    const good = answers.filter((one) => one.code === "").length;
    expect(answers.map((one) => one.code)).toContain("ServiceUnavailable");
    expect(answers.at(-1)?.message).toContain("disk is full");
    store?.get("PRAGMA max_page_count = 100000");
    expect((await rawRpc(service, "ListThings")).body.Things).toHaveLength(good);
    expect((await rawRpc(service, "PutThing", { Name: "later" })).code).toBe("");
  });
});
