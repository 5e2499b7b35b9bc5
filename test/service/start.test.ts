import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type StartedService, startService } from "../../service/index.ts";

const open: StartedService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.stop();
});

type StartOptions = Parameters<typeof startService>[0];

async function start(options?: StartOptions): Promise<StartedService> {
  const service = await startService(options);
  open.push(service);
  return service;
}

async function statusOf({ url }: StartedService): Promise<Record<string, unknown>> {
  return (await (await fetch(`${url}/_service/status`)).json()) as Record<string, unknown>;
}

describe("startService", () => {
  it("starts in memory on a free port of the loopback, ready at once, as often as wanted", async () => {
    const services = [await start({ memory: true }), await start()];
    expect(new Set(services.map(({ port }) => port)).size).toBe(2);
    for (const { url, port, accessKeyId, accessKeySecret } of services) {
      expect([url, accessKeyId, accessKeySecret]).toEqual([
        `http://127.0.0.1:${port}`,
        "local",
        "local-secret",
      ]);
      expect((await fetch(`${url}/_service/health`)).status).toBe(200);
    }
    const beyond = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === "IPv4" && !one.internal);
    if (beyond !== undefined) {
      await expect(fetch(`http://${beyond.address}:${services[0]?.port}/_service/health`)).rejects.toThrow();
    }
  });

  it("is gone after stop, which may be called again", async () => {
    const { url, stop } = await start({ memory: true });
    await Promise.all([stop(), stop()]);
    await expect(fetch(`${url}/_service/health`)).rejects.toThrow();
  });

  it("keeps what is made in a folder, and takes the settings given", async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), "start-"));
    try {
      const service = await start({ dataFolder, region: "cn-shanghai", waitScale: 0, testClock: true });
      expect(await statusOf(service)).toMatchObject({ dataFolder, region: "cn-shanghai" });
      const clock = await fetch(`${service.url}/_service/clock`, {
        method: "POST",
        body: '{ "advanceMs": 1000 }',
      });
      expect(clock.status).toBe(200);
      expect(existsSync(join(dataFolder, "store.sqlite"))).toBe(true);
    } finally {
      for (const service of open.splice(0)) await service.stop();
      rmSync(dataFolder, { recursive: true });
    }
  });

  it.each([
    [{ memory: true, dataFolder: "data" }, "memory and dataFolder exclude each other"],
    [{ memory: false }, "memory: false needs a dataFolder"],
    [{ waitScale: -1 }, "waitScale: must be at least 0, got -1"],
    [{ waitScale: "1" }, "waitScale: must be a number, got a string"],
    [{ port: 70_000 }, "port: must be at most 65535, got 70000"],
    [{ port: 1.5 }, "port: must be a whole number, got 1.5"],
    [{ region: "../x" }, "region: must be a region such as cn-hangzhou"],
    [{ logLevel: "loud" }, 'logLevel: must be one of debug, info, warn, error, silent, got "loud"'],
    [{ dataFolder: "" }, "dataFolder: must not be empty"],
    [{ testClock: "no" }, "testClock: must be true or false, got a string"],
    [{ seed: 7 }, "seed: must be a string, got a number"],
    [{ host: "0.0.0.0" }, 'the options of startService: must not hold "host"'],
    [{ port: -1, seed: 7 }, "port: must be at least 0, got -1; seed: must be a string, got a number"],
    [null, "the options of startService: must be an object"],
    [{ seed: "nowhere.yaml" }, "nowhere.yaml"],
  ])("refuses %j", async (options, message) => {
    await expect(start(options as StartOptions)).rejects.toThrow(message);
  });

  it("says that a port is taken", async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(/another program uses the port/);
  });
});

it.each([
  ["import", "module"],
  ["require", "commonjs"],
])("%s of the service starts nothing, prints nothing and keeps no process alive", (load, type) => {
  const entry = join(import.meta.dirname, "../../service/index.ts");
  const script = `${load}(${JSON.stringify(entry)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [`--input-type=${type}`, "-e", script], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect([status, stdout, stderr]).toEqual([0, "", ""]);
});
