import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { openNonces } from "../../service/core/auth/nonces.ts";
import { jsonLog } from "../../service/core/kit/log.ts";
import { findOnPath } from "../../tools/paths.ts";
import { openWire, type Wire, type WireAnswer } from "../agreement/support/wire.ts";
import { declaredSource, OBJECTS, PASSWORD } from "../service/dts/support/service.ts";
import { until } from "../service/dts/support/wait.ts";
import { limitFileSize, mountSmallDisk, type SmallDisk, smallDiskNeed } from "../support/full-disk.ts";
import { needs } from "../support/needs.ts";
import { startService, type TestService } from "../support/service.ts";

/*
 * Nothing can be written any more: a write is refused and says why, nothing hangs, reads go on, and what was answered
 * is there when there is room again.
 */

const DISK_BYTES = 3 * 1024 * 1024;
const diskNeed = await smallDiskNeed();
let folder: string;
let disk: SmallDisk | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "full-disk-"));
  if (diskNeed.available) disk = await mountSmallDisk(join(folder, "disk"), DISK_BYTES);
});
afterAll(async () => {
  await disk?.unmount();
  rmSync(folder, { recursive: true, force: true });
});

let service: TestService;
let wire: Wire;
let stopAll: () => Promise<void> = async () => undefined;
afterEach(() => stopAll());

async function startOn(dataDir: string): Promise<void> {
  service = await startService({
    asProcess: true,
    dataDir,
    settings: { waitScale: 1, logLevel: "info" },
  });
  wire = openWire(service);
  stopAll = async () => {
    wire.close();
    await service.stop();
  };
}

async function accepted(action: string, parameters: Record<string, unknown>): Promise<WireAnswer> {
  const answer = await wire.call(action, parameters);
  expect(answer.code, `${action} ${answer.message}`).toBe("");
  return answer;
}

async function buyAndConfigure(): Promise<string> {
  const bought = await accepted("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  const DtsInstanceId = String(bought.body.InstanceId);
  await accepted("ConfigureSubscription", {
    DtsInstanceId,
    DtsJobName: "orders",
    DbList: OBJECTS,
    SubscriptionInstanceNetworkType: "classic",
    ...declaredSource,
  });
  return DtsInstanceId;
}

const statusOf = async (id: string) =>
  String((await accepted("DescribeDtsJobDetail", { DtsInstanceID: id })).body.Status);
const becomes = (id: string, status: string) =>
  until(
    () => statusOf(id),
    (seen) => seen === status,
  );

async function names(id: string): Promise<string[]> {
  const { body } = await accepted("DescribeConsumerChannel", { DtsInstanceId: id, PageSize: 100 });
  return (body.ConsumerChannels as { ConsumerGroupName: string }[])
    .map((one) => one.ConsumerGroupName)
    .sort();
}

const addGroup = (id: string, name: string) =>
  wire.call("CreateConsumerChannel", {
    DtsInstanceId: id,
    ConsumerGroupName: name,
    ConsumerGroupUserName: name,
    ConsumerGroupPassword: PASSWORD,
  });

/** Renames until the disk refuses; returns the last name that was answered. */
async function renameUntilFull(id: string): Promise<{ name: string; refusal: WireAnswer }> {
  let name = "orders";
  for (let i = 0; i < 3_000; i += 1) {
    const next = `${"n".repeat(100)}${i}`;
    const answer = await wire.call("ModifyDtsJobName", { DtsJobId: id.slice(3), DtsJobName: next });
    if (answer.code !== "") return { name, refusal: answer };
    name = next;
  }
  throw new Error("the disk was never full");
}

const nameOf = async (id: string) =>
  String((await accepted("DescribeDtsJobDetail", { DtsInstanceID: id })).body.DtsJobName);

/** A full disk from the first refused write to the room that is made again. */
async function liveThrough(
  fill: () => Promise<void> | void,
  clear: () => Promise<void> | void,
): Promise<string[]> {
  const ready = await buyAndConfigure();
  await accepted("StartDtsJob", { DtsInstanceId: ready });
  await becomes(ready, "Normal");
  expect((await addGroup(ready, "before")).code).toBe("");
  const late = await buyAndConfigure();
  await accepted("StartDtsJob", { DtsInstanceId: late });

  await fill();
  const { name, refusal } = await renameUntilFull(ready);
  expect(refusal).toMatchObject({ status: 503, code: "ServiceUnavailable" });
  expect(refusal.message).toMatch(/disk is full.*nothing was stored/i);
  expect(await addGroup(ready, "during")).toMatchObject({ status: 503, code: "ServiceUnavailable" });
  expect(await wire.call("DeleteDtsJob", { DtsInstanceId: ready })).toMatchObject({ status: 503 });
  // Reads go on and show what was answered.
  expect(await nameOf(ready)).toBe(name);
  expect(await names(ready)).toEqual(["before"]);
  expect(await service.admin("GET", "status")).toMatchObject({ status: "ready" });
  // The other one cannot have got on, and does not hang for ever.
  expect(["Prechecking", "Starting", "Normal"]).toContain(await statusOf(late));

  await clear();
  expect((await addGroup(ready, "after")).code).toBe("");
  await becomes(late, "Normal");
  expect((await addGroup(late, "late")).code).toBe("");
  expect(await nameOf(ready)).toBe(name);
  return [ready, late];
}

async function stillThere(ids: readonly string[]): Promise<void> {
  expect(await names(ids[0] ?? "")).toEqual(["after", "before"]);
  expect(await names(ids[1] ?? "")).toEqual(["late"]);
}

describe("a full file system", () => {
  const test = needs(diskNeed);

  test("refuses writes, answers reads, loses nothing, and goes on when there is room", async () => {
    const dataDir = join(disk?.folder ?? "", "data");
    await startOn(dataDir);
    const ids = await liveThrough(
      () => disk?.fill(),
      () => disk?.clear(),
    );
    disk?.fill();
    await renameUntilFull(ids[0] ?? "");
    await service.kill9();
    wire.close();
    disk?.clear();
    await service.restart();
    wire = openWire(service);
    await stillThere(ids);
  });

  test("a start says that there is no room, and works when there is", async () => {
    const dataDir = join(disk?.folder ?? "", "other");
    disk?.fill();
    await expect(startOn(dataDir)).rejects.toThrow(new RegExp(`${dataDir}.*(space|full).*make room`, "is"));
    disk?.clear();
    await startOn(dataDir);
    await buyAndConfigure();
  });
});

describe("a restore that the disk has no room for", () => {
  const test = needs(diskNeed);

  test("says so, keeps all that was there, and works when there is room", async () => {
    const dataDir = join(disk?.folder ?? "", "restored");
    await startOn(dataDir);
    const id = await buyAndConfigure();
    const snapshot = await service.admin("GET", "snapshot");
    const big = structuredClone(snapshot) as {
      rooms: { cms: { tables: { cms_contacts: { rows: unknown[] } } } };
    };
    big.rooms.cms.tables.cms_contacts.rows = Array.from({ length: 2_000 }, (_, i) => [
      i + 1,
      `contact-${i}`,
      JSON.stringify({ name: `contact-${i}`, description: "d".repeat(4_000) }),
    ]);
    await expect(service.admin("POST", "restore", big)).rejects.toThrow(/503.*DiskFull.*nothing was stored/);
    expect(await statusOf(id)).toBe("NotStarted");
    expect(await service.admin("GET", "snapshot")).toEqual(snapshot);
    await service.kill9();
    wire.close();
    await service.restart();
    wire = openWire(service);
    expect(await service.admin("GET", "snapshot")).toEqual(snapshot);
    await service.admin("POST", "restore", snapshot);
    expect(await statusOf(id)).toBe("NotStarted");
    await stopAll();
    stopAll = async () => undefined;
    rmSync(dataDir, { recursive: true });
  }, 60_000);
});

describe("used nonces on a full file system", () => {
  const test = needs(diskNeed);

  // A write may then be cut off in the middle of an entry; all behind it would be read wrongly.
  test("are known again after a restart, those from after the room was made", () => {
    const open = () => openNonces(join(disk?.folder ?? "", "nonces.bin"), jsonLog("silent", Date.now));
    const before = open();
    const use = (nonce: string) => {
      expect(before.take("id", nonce, Date.now())).toBe(true);
      before.keep();
    };
    use("early");
    disk?.fill();
    for (let i = 0; i < 1_000; i += 1) use(`full-${i}`);
    disk?.clear();
    for (let i = 0; i < 5; i += 1) use(`late-${i}`);
    before.close();

    const after = open();
    expect(after.take("id", "early", Date.now())).toBe(false);
    for (let i = 0; i < 5; i += 1) expect(after.take("id", `late-${i}`, Date.now())).toBe(false);
    after.close();
  });
});

describe("files that may not grow", () => {
  const test = needs({
    name: "prlimit (apt install util-linux)",
    available: findOnPath("prlimit") !== undefined,
    offeredByRegistries: true,
  });

  test("are the same: writes are refused, reads answered, nothing is lost", async () => {
    const dataDir = join(folder, "limited");
    await startOn(dataDir);
    const pid = service.pid ?? 0;
    const ids = await liveThrough(
      () => limitFileSize(pid, statSync(join(dataDir, "store.sqlite-wal")).size + 20_000),
      () => limitFileSize(pid, undefined),
    );
    await service.kill9();
    wire.close();
    await service.restart();
    wire = openWire(service);
    await stillThere(ids);
  });
});
