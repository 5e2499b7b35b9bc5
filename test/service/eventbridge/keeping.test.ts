import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  type EventbridgeService,
  PASSWORD,
  read,
  startEventbridge,
  started,
  stream,
} from "./support/service.ts";

let dataDir: string;
let bridge: EventbridgeService;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "eventbridge-"));
});
afterEach(async () => {
  await bridge.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it("keeps a stream over a restart, with its password sealed on disk, in snapshots, logs and journal", async () => {
  bridge = await startEventbridge({ memory: false, dataDir });
  const { call, service } = bridge;
  await call("CreateEventStreaming", stream("task"));
  await started(call, "task");
  const before = await read(call, "task");
  expect(JSON.stringify(before.Source)).toContain(PASSWORD);
  expect(JSON.stringify(await service.admin("GET", "snapshot"))).not.toContain(PASSWORD);
  expect(JSON.stringify(await service.admin("GET", "journal"))).not.toContain(PASSWORD);
  expect(service.logs()).not.toContain(PASSWORD);
  await service.restart();
  // A kept connection of the client's may still lead to the service that was stopped.
  expect(await read(call, "task").catch(() => read(call, "task"))).toEqual(before);
  for (const file of readdirSync(dataDir)) {
    expect(readFileSync(join(dataDir, file)).includes(PASSWORD), file).toBe(false);
  }
});

it("takes up a start that a stop has interrupted", async () => {
  bridge = await startEventbridge({ memory: false, dataDir, settings: { waitScale: 1 } });
  const { call, service } = bridge;
  await call("CreateEventStreaming", stream("task"));
  await call("StartEventStreaming", { EventStreamingName: "task" });
  expect((await read(call, "task")).Status).toBe("STARTING");
  await service.restart();
  await expect.poll(async () => (await read(call, "task")).Status, { timeout: 60_000 }).toBe("RUNNING");
});

it("refuses settings that are not its own", async () => {
  const wrong = startEventbridge({ settings: { rooms: { eventbridge: { functions: { f: "ftp://x" } } } } });
  await expect(wrong).rejects.toThrow(/rooms.eventbridge.functions.f: must be a URL/);
  bridge = await startEventbridge();
});
