import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openFileLogs } from "../../../service/log/file-logs.ts";
import type { Log, LogStore } from "../../../service/log/log.ts";
import { mountSmallDisk, smallDiskNeed } from "../../support/full-disk.ts";
import { needs } from "../../support/needs.ts";
import { entryAt, payloadFor, textOf } from "./support/stores.ts";
import { readAll } from "./support/written-log.ts";

const need = await smallDiskNeed();
const KEPT = { retention: { bytesMax: 1e9, ageSecondsMax: 1e9 }, tailBytes: 0 };

function errorWith(code: string): Error {
  return Object.assign(new Error(`${code}: as the test wants it`), { code });
}

describe("a disk that is full", () => {
  needs(need)("stops appends, keeps nothing half written, and takes more when there is room", async () => {
    const folder = mkdtempSync(join(tmpdir(), "log-disk-"));
    const disk = await mountSmallDisk(folder, 4 * 1024 * 1024);
    const store = await openFileLogs(join(folder, "logs"), { ...KEPT, segmentBytes: 300_000 });
    try {
      const log = await store.open("one");
      let offset = 0;
      // Several rounds, so that the disk is full at different places: within a frame, at a new segment, at its index.
      for (const leave of [1_000_000, 350_000, 120_000, 70_000, 8_192, 0]) {
        disk.fill(leave);
        const refused = await appendUntilRefused(log, offset);
        expect(refused.code).toBe("DISK_FULL");
        offset = log.range().nextOffset;
        expect(textOf(log.position())).toBe(offset === 0 ? "" : `at ${offset - 1}`);
        await expect(log.append([entryAt(offset, { bytes: 2_000_000 })])).rejects.toMatchObject({
          code: "DISK_FULL",
        });
        disk.clear();
        await log.append([entryAt(offset), entryAt(offset + 1, { bytes: 20_000 })]);
        offset += 2;
      }
      const lengths = (await readAll(log, 100_000)).map(({ length }) => length);
      await log.close();
      const again = await store.open("one");
      expect(again.range()).toMatchObject({ startOffset: 0, endOffset: offset, nextOffset: offset });
      expect((await readAll(again, 100_000)).map(({ length }) => length)).toEqual(lengths);
    } finally {
      await store.close();
      await disk.unmount();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Appends until it is refused; what was acknowledged before is in the log. */
async function appendUntilRefused(log: Log, from: number): Promise<{ code: string }> {
  for (let offset = from; offset < from + 10_000; offset += 1) {
    try {
      await log.append([entryAt(offset, { bytes: 9_000 })]);
    } catch (error) {
      expect(log.range()).toMatchObject({ endOffset: offset, nextOffset: offset });
      return error as { code: string };
    }
  }
  throw new Error("the disk never was full");
}

describe("writes that fail", () => {
  let folder: string;
  let store: LogStore;
  let log: Log;
  let handles: FileHandle;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "log-failures-"));
    store = await openFileLogs(folder, { ...KEPT, segmentBytes: 1_000 });
    log = await store.open("one");
    await log.append([entryAt(0)]);
    const file = await open(join(folder, "any"), "w");
    handles = Object.getPrototypeOf(file) as FileHandle;
    await file.close();
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const sizes = () =>
    readdirSync(join(folder, "one"))
      .filter((name) => name.endsWith(".log"))
      .map((name) => statSync(join(folder, "one", name)).size);

  /** Writes a part of what was wanted, then refuses more. */
  function refuseWrites(code: string, partBytes: number): void {
    const { writev } = handles;
    let isFirst = true;
    vi.spyOn(handles, "writev").mockImplementation(async function (this: FileHandle, parts, at) {
      if (!isFirst) throw errorWith(code);
      isFirst = false;
      const part = Buffer.concat(parts as unknown as Uint8Array[]).subarray(0, partBytes);
      return await writev.call(this, [part], at);
    } as FileHandle["writev"]);
  }

  it.each(["ENOSPC", "EDQUOT", "EFBIG"])("with %s after a part leave nothing of it", async (code) => {
    const before = sizes();
    refuseWrites(code, 130);
    const results = await Promise.allSettled([1, 2, 3].map((offset) => log.append([entryAt(offset)])));
    expect(results.map((one) => (one as PromiseRejectedResult).reason.code)).toEqual(
      Array(3).fill("DISK_FULL"),
    );
    expect(sizes()).toEqual(before);
    expect(log.range()).toMatchObject({ endOffset: 1, nextOffset: 1 });
    vi.restoreAllMocks();
    await log.append([entryAt(1, { position: "later" })]);
    await log.close();
    log = await store.open("one");
    expect(textOf(log.position())).toBe("later");
  });

  it("that go on after a short write are whole", async () => {
    const { writev } = handles;
    vi.spyOn(handles, "writev").mockImplementation(async function (this: FileHandle, parts, at) {
      return await writev.call(this, [(parts[0] as unknown as Uint8Array).subarray(0, 7)], at);
    } as FileHandle["writev"]);
    await log.append([entryAt(1), entryAt(2, { bytes: 0 }), entryAt(3)]);
    expect(await readAll(log)).toEqual([100, 100, 0, 100].map((bytes, at) => payloadFor(at, bytes)));
  });

  it("and cannot be taken back are cut before the next append", async () => {
    const before = sizes();
    refuseWrites("ENOSPC", 130);
    vi.spyOn(handles, "truncate").mockRejectedValue(errorWith("EIO"));
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "DISK_FULL" });
    expect(sizes()).not.toEqual(before);
    vi.restoreAllMocks();
    await log.append([entryAt(1, { bytes: 3 })]);
    expect(sizes()).toEqual([(before[0] as number) + 64 + 4 + 3]);
    expect(await readAll(log)).toHaveLength(2);
  });

  it("for another reason end the log until its writer begins anew", async () => {
    refuseWrites("EIO", 130);
    await expect(log.append([entryAt(1, { complete: false })])).rejects.toMatchObject({ code: "IO" });
    vi.restoreAllMocks();
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "IO" });
    await log.discardIncomplete();
    await log.append([entryAt(1)]);
    expect(await readAll(log)).toHaveLength(2);
  });

  it("for another reason end the log until it is opened again", async () => {
    refuseWrites("EIO", 130);
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "IO" });
    vi.restoreAllMocks();
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "IO" });
    expect(await log.read(0, 10)).toMatchObject({ nextOffset: 1 });
    await log.close();
    log = await store.open("one");
    await log.append([entryAt(1)]);
    expect(await readAll(log)).toHaveLength(2);
  });

  it("to become durable are not tried again as if they had worked", async () => {
    const before = sizes();
    const sync = vi.spyOn(handles, "datasync").mockRejectedValue(errorWith("EIO"));
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "IO" });
    expect(sizes()).toEqual(before);
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "IO" });
    expect(sync).toHaveBeenCalledTimes(1);
    await expect(log.discardIncomplete()).rejects.toMatchObject({ code: "IO" });
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "IO" });
    expect(log.range()).toMatchObject({ endOffset: 1, nextOffset: 1 });
  });

  it("at a new segment leave the log as it was", async () => {
    for (let offset = 1; offset < 6; offset += 1) await log.append([entryAt(offset)]);
    const before = sizes();
    expect(before[0]).toBeGreaterThan(1_000);
    vi.spyOn(handles, "sync").mockRejectedValue(errorWith("ENOSPC"));
    await expect(log.append([entryAt(6)])).rejects.toMatchObject({ code: "DISK_FULL" });
    expect(sizes()).toEqual(before);
    vi.restoreAllMocks();
    refuseWrites("ENOSPC", 20);
    await expect(log.append([entryAt(6)])).rejects.toMatchObject({ code: "DISK_FULL" });
    vi.restoreAllMocks();
    await log.append([entryAt(6)]);
    expect(sizes()).toEqual([...before, 64 + 4 + 100]);
    expect(await readAll(log)).toHaveLength(7);
  });

  it("and lost what was acknowledged are told", async () => {
    vi.spyOn(handles, "datasync").mockRejectedValue(errorWith("EIO"));
    await expect(log.append([entryAt(1)])).rejects.toMatchObject({ code: "IO" });
    vi.restoreAllMocks();
    truncateSync(join(folder, "one", `${"0".repeat(20)}.log`), 100);
    for (const work of [() => log.discardIncomplete(), () => log.append([entryAt(1)])]) {
      await expect(work()).rejects.toMatchObject({ code: "CORRUPT" });
      await expect(log.discardIncomplete()).rejects.toMatchObject({ code: "CORRUPT" });
    }
  });

  it("of an index do no harm", async () => {
    for (let offset = 1; offset < 6; offset += 1) await log.append([entryAt(offset)]);
    // A folder in its place cannot be written.
    const index = join(folder, "one", `${"0".repeat(20)}.index`);
    rmSync(index, { force: true });
    await (await import("node:fs/promises")).mkdir(index);
    for (let offset = 6; offset < 90; offset += 1) await log.append([entryAt(offset)]);
    expect(await readAll(log)).toHaveLength(90);
    rmSync(index, { recursive: true });
    expect(existsSync(index)).toBe(false);
  });
});

describe("a log in memory", () => {
  it("refuses what is not complete and larger than its bound, and takes smaller things", async () => {
    const { openMemoryLogs } = await import("../../../service/log/memory-logs.ts");
    const logs = openMemoryLogs({ retention: { bytesMax: 10_000, ageSecondsMax: 1e9 } });
    const one = await logs.open("one");
    await one.append([entryAt(0)]);
    for (let offset = 1; offset < 5; offset += 1) {
      await one.append([entryAt(offset, { complete: false, bytes: 2_000 })]);
    }
    await expect(one.append([entryAt(5, { bytes: 2_000 })])).rejects.toMatchObject({ code: "DISK_FULL" });
    await one.discardIncomplete();
    await one.append([entryAt(1)]);
    expect(one.range()).toMatchObject({ endOffset: 2, nextOffset: 2 });
    await logs.close();
  });
});
