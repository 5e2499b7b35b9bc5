import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { Log, LogEntry } from "../../../service/log/log.ts";
import {
  entryAt,
  openTestStore,
  payloadFor,
  type StoreKind,
  type TestBounds,
  type TestStore,
  textOf,
} from "./support/stores.ts";

/** What `Log` and `LogStore` promise, held against both of them. */
describe.each<StoreKind>(["file", "memory"])("a log in %s", (kind) => {
  let opened: TestStore | undefined;

  const open = async (bounds?: TestBounds) => {
    opened = await openTestStore(kind, bounds);
    return { ...opened, log: await opened.store.open("one") };
  };

  afterEach(async () => {
    await opened?.remove();
    opened = undefined;
  });

  it("begins empty", async () => {
    const { log } = await open();
    expect(log.range()).toEqual({ startOffset: 0, endOffset: 0, nextOffset: 0, bytes: 0 });
    expect(log.position()).toHaveLength(0);
    expect(await log.read(0, 1_000)).toEqual({ payloads: [], baseOffset: 0, nextOffset: 0 });
    expect(await log.findTime(0)).toBeUndefined();
  });

  it("begins at the offset that it is made with, and keeps to it", async () => {
    const first = 2 ** 43;
    const { store, reopen } = await open();
    await store.open("later", first);
    const log = await (await reopen()).open("later", first);
    expect(log.range()).toEqual({ startOffset: first, endOffset: first, nextOffset: first, bytes: 0 });
    await expect(log.read(first - 1, 10)).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
    await log.append([entryAt(first, { records: 3 })]);
    const again = await (await reopen()).open("later");
    expect(again.range()).toMatchObject({ startOffset: first, endOffset: first + 3 });
    expect(await again.read(first + 2, 10)).toMatchObject({ baseOffset: first, nextOffset: first + 3 });
  });

  it("gives back what was appended, whole entries up to the bytes asked for, at least one", async () => {
    const { log } = await open();
    await log.append([entryAt(0, { records: 3 }), entryAt(3, { records: 2 }), entryAt(5, { bytes: 5_000 })]);
    expect(await log.read(0, 250)).toEqual({
      payloads: [payloadFor(0, 100), payloadFor(3, 100)],
      baseOffset: 0,
      nextOffset: 5,
    });
    expect(await log.read(1, 150)).toMatchObject({ baseOffset: 0, nextOffset: 3 });
    expect(await log.read(4, 0)).toMatchObject({ baseOffset: 3, nextOffset: 5 });
    expect(await log.read(5, 10)).toMatchObject({ payloads: [payloadFor(5, 5_000)], nextOffset: 6 });
    const larger = {
      payloads: [],
      baseOffset: 5,
      nextOffset: 5,
      larger: { bytes: 5_000, lastSeconds: expect.any(Number) },
    };
    expect(await log.read(5, 4_999, true)).toEqual(larger);
    expect(await log.read(5, 5_000, true)).toMatchObject({ payloads: [payloadFor(5, 5_000)], nextOffset: 6 });
    expect(await log.read(0, 250, true)).toEqual(await log.read(0, 250));
    expect(await log.read(6, 10)).toEqual({ payloads: [], baseOffset: 6, nextOffset: 6 });
  });

  it("refuses offsets outside its range", async () => {
    const { log } = await open();
    await log.append([entryAt(0), entryAt(1, { complete: false })]);
    for (const offset of [-1, 2, 1e9]) {
      await expect(log.read(offset, 10)).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
    }
  });

  it("shows nothing behind the last complete entry until it is ended, then all of it", async () => {
    const { log } = await open();
    await log.append([entryAt(0), entryAt(1, { complete: false }), entryAt(2, { complete: false })]);
    expect(log.range()).toMatchObject({ startOffset: 0, endOffset: 1, nextOffset: 3 });
    expect(textOf(log.position())).toBe("at 0");
    expect(await log.read(0, 1e6)).toMatchObject({ nextOffset: 1 });
    expect(await log.findTime(1_000)).toEqual({ offset: 0, seconds: 1_000 });
    await log.append([entryAt(3)]);
    expect(await log.read(1, 1e6)).toMatchObject({ baseOffset: 1, nextOffset: 4 });
    expect(textOf(log.position())).toBe("at 3");
  });

  it("discards what was never ended, and only that", async () => {
    const { log } = await open({ segmentBytes: 300 });
    await log.append([entryAt(0), entryAt(1)]);
    for (let offset = 2; offset < 12; offset += 1) await log.append([entryAt(offset, { complete: false })]);
    await log.discardIncomplete();
    expect(log.range()).toMatchObject({ startOffset: 0, endOffset: 2, nextOffset: 2 });
    await log.append([entryAt(2, { position: "again" })]);
    await log.discardIncomplete();
    expect(log.range()).toMatchObject({ endOffset: 3, nextOffset: 3 });
    expect(textOf(log.position())).toBe("again");
    expect((await readAll(log)).map(({ length }) => length)).toEqual([100, 100, 100]);
  });

  /* What was appended while the rest was being discarded came behind a hole: written, and then refused. */
  it("refuses what was to follow what is being discarded, and goes on without a hole", async () => {
    const { log, reopen } = await open();
    await log.append([entryAt(0), entryAt(1, { complete: false })]);
    const discarded = log.discardIncomplete();
    // Far enough that it is under way.
    for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
    await expect(log.append([entryAt(2)])).rejects.toMatchObject({ code: "NOT_IN_ORDER" });
    await discarded;
    await log.append([entryAt(1, { position: "again" })]);
    const again = await (await reopen()).open("one");
    expect(again.range()).toMatchObject({ endOffset: 2, nextOffset: 2 });
    expect(textOf(again.position())).toBe("again");
  });

  it("discards everything when nothing was ever ended", async () => {
    const { log } = await open({ segmentBytes: 300 });
    for (let offset = 0; offset < 9; offset += 1) await log.append([entryAt(offset, { complete: false })]);
    expect(log.range()).toMatchObject({ startOffset: 0, endOffset: 0, nextOffset: 9 });
    await log.discardIncomplete();
    expect(log.range()).toEqual({ startOffset: 0, endOffset: 0, nextOffset: 0, bytes: 0 });
    await log.append([entryAt(0, { seconds: 5 })]);
    expect(await log.read(0, 10)).toMatchObject({ nextOffset: 1 });
  });

  it.each<[string, LogEntry]>([
    ["a gap", entryAt(2)],
    ["a repetition", entryAt(0)],
    ["an older time", entryAt(1, { seconds: 999 })],
    ["a time that runs backwards", entryAt(1, { seconds: 2_000, lastSeconds: 1_999 })],
    ["no records", entryAt(1, { records: 0 })],
    ["part of a second", entryAt(1, { seconds: 1_000.5 })],
    ["a long position", entryAt(1, { position: "x".repeat(4_097) })],
  ])("refuses %s and goes on", async (_what, entry) => {
    const { log } = await open();
    await log.append([entryAt(0)]);
    await expect(log.append([entry])).rejects.toMatchObject({ code: "NOT_IN_ORDER" });
    await log.append([entryAt(1, { position: "x".repeat(4_096) })]);
    expect(log.range()).toMatchObject({ nextOffset: 2 });
  });

  it("keeps none of the entries of one call when one of them is refused", async () => {
    const { log } = await open();
    await expect(log.append([entryAt(0), entryAt(5)])).rejects.toMatchObject({ code: "NOT_IN_ORDER" });
    expect(log.range()).toMatchObject({ endOffset: 0, nextOffset: 0 });
  });

  it("takes overlapping appends in the order of the calls", async () => {
    const { log } = await open();
    const done: number[] = [];
    await Promise.all(
      Array.from({ length: 300 }, (_, offset) =>
        log.append([entryAt(offset, { complete: offset % 3 === 2 })]).then(() => done.push(offset)),
      ),
    );
    expect(done).toEqual(Array.from({ length: 300 }, (_, offset) => offset));
    expect((await readAll(log)).map((payload) => Number.parseInt(textOf(payload), 10))).toEqual(done);
  });

  it("takes entries without payload, without position and of many records", async () => {
    const { log } = await open();
    await log.append([entryAt(0, { bytes: 0, position: "", records: 0xffffffff })]);
    expect(await log.read(7, 10)).toMatchObject({ payloads: [payloadFor(0, 0)], nextOffset: 0xffffffff });
    expect(log.position()).toHaveLength(0);
    await log.append([]);
    expect(log.range().nextOffset).toBe(0xffffffff);
  });

  it("finds the first entry at or behind a time", async () => {
    const { log } = await open({ segmentBytes: 500 });
    const times = [10, 10, 12, 12, 12, 15, 20, 20, 33, 40];
    for (const [offset, seconds] of times.entries()) await log.append([entryAt(offset, { seconds })]);
    for (let seconds = 5; seconds <= 45; seconds += 1) {
      const offset = times.findIndex((time) => time >= seconds);
      const expected = offset < 0 ? undefined : { offset, seconds: times[offset] };
      expect(await log.findTime(seconds), `at ${seconds}`).toEqual(expected);
    }
  });

  it("finds the entry that holds records of a time though it begins earlier", async () => {
    const { log } = await open();
    await log.append([entryAt(0, { seconds: 10 }), entryAt(1, { records: 5, seconds: 11, lastSeconds: 20 })]);
    expect(await log.findTime(15)).toEqual({ offset: 1, seconds: 20 });
  });

  it("tells listeners when more can be read, and no more when they are gone", async () => {
    const { log } = await open();
    const told: number[] = [];
    const end = log.onReadable(() => told.push(log.range().endOffset));
    await log.append([entryAt(0)]);
    await log.append([entryAt(1, { complete: false })]);
    await log.append([entryAt(2)]);
    end();
    await log.append([entryAt(3)]);
    expect(told).toEqual([1, 3]);
  });

  it("gives up the oldest beyond its size, and shows it", async () => {
    const { log } = await open({ bytesMax: 5_000, segmentBytes: 700 });
    for (let offset = 0; offset < 200; offset += 1) await log.append([entryAt(offset)]);
    const { startOffset, endOffset, bytes } = log.range();
    expect(bytes).toBeLessThanOrEqual(6_000);
    expect(startOffset).toBeGreaterThan(150);
    expect(endOffset).toBe(200);
    await expect(log.read(startOffset - 1, 10)).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
    expect(await log.read(startOffset, 10)).toMatchObject({ baseOffset: startOffset });
    expect(await log.findTime(0)).toEqual({ offset: startOffset, seconds: 1_000 });
  });

  it("begins with a whole transaction whatever was given up", async () => {
    const { log } = await open({ bytesMax: 4_000, segmentBytes: 700 });
    for (let offset = 0; offset < 210; offset += 1) {
      await log.append([entryAt(offset, { complete: offset % 7 === 6 })]);
      const { startOffset, endOffset } = log.range();
      expect(startOffset === endOffset || startOffset % 7 === 0).toBe(true);
    }
    expect(log.range().startOffset).toBeGreaterThan(150);
  });

  it("gives up what was appended too long ago, and never the last", async () => {
    const { log, clock, reopen } = await open({ ageSecondsMax: 3_600, segmentBytes: 300 });
    for (let offset = 0; offset < 20; offset += 1) {
      await log.append([entryAt(offset)]);
      clock.seconds += 600;
    }
    const { startOffset } = log.range();
    expect(startOffset).toBeGreaterThanOrEqual(12);
    expect(startOffset).toBeLessThanOrEqual(14);
    clock.seconds += 1e6;
    const again = await (await reopen()).open("one");
    expect(again.range()).toMatchObject({ endOffset: 20, nextOffset: 20 });
    await again.append([entryAt(20)]);
    expect(again.range()).toMatchObject({ endOffset: 21 });
  });

  it("trims whole segments before an offset", async () => {
    const { log } = await open({ segmentBytes: 500 });
    for (let offset = 0; offset < 30; offset += 1) await log.append([entryAt(offset)]);
    await log.trim(0);
    expect(log.range().startOffset).toBe(0);
    await log.trim(20);
    const { startOffset, bytes } = log.range();
    expect(startOffset).toBeGreaterThan(10);
    expect(startOffset).toBeLessThanOrEqual(20);
    expect(bytes).toBeLessThan(4_000);
    await log.trim(1e9);
    expect(log.range()).toMatchObject({ endOffset: 30, nextOffset: 30 });
    expect(textOf(log.position())).toBe("at 29");
    await log.append([entryAt(30)]);
    expect(await log.read(30, 10)).toMatchObject({ nextOffset: 31 });
  });

  it("is the same log for one name, and others for others", async () => {
    const { store, log } = await open();
    expect(await store.open("one")).toBe(log);
    const other = await store.open("other");
    await other.append([entryAt(0)]);
    expect(log.range().nextOffset).toBe(0);
    expect(await store.list()).toEqual(["one", "other"]);
    expect(await store.size()).toBeGreaterThan(100);
  });

  it.each(["", ".", "..", "a/b", "a\\b", "ä", "a b", "x".repeat(65)])("refuses the name %j", async (name) => {
    const { store } = await open();
    await expect(store.open(name)).rejects.toThrow(TypeError);
    await expect(store.remove(name)).rejects.toThrow(TypeError);
  });

  it("removes a log that is open; the next of its name begins empty", async () => {
    const { store, log } = await open();
    const appended = log.append([entryAt(0)]);
    await store.remove("one");
    await appended;
    await expect(log.read(0, 1)).rejects.toMatchObject({ code: "CLOSED" });
    expect(await store.list()).toEqual([]);
    expect(await store.size()).toBe(0);
    await store.remove("one");
    const again = await store.open("one");
    expect(again.range()).toMatchObject({ startOffset: 0, nextOffset: 0 });
  });

  it("makes durable what was appended before it closes, and goes on when opened again", async () => {
    const { store, log } = await open();
    const appended = [0, 1, 2].map((offset) => log.append([entryAt(offset)]));
    await log.close();
    await Promise.all(appended);
    for (const work of [() => log.append([entryAt(3)]), () => log.trim(1), () => log.findTime(0)]) {
      await expect(work()).rejects.toMatchObject({ code: "CLOSED" });
    }
    const again = await store.open("one");
    expect(again).not.toBe(log);
    expect(again.range()).toMatchObject({ nextOffset: 3, endOffset: 3 });
    await again.append([entryAt(3)]);
  });

  it("serves many reads at once while it is written and trimmed", async () => {
    const { log } = await open({ segmentBytes: 2_000, tailBytes: 500 });
    let isDone = false;
    const readers = Array.from({ length: 5 }, async () => {
      let offset = 0;
      while (!isDone || offset < log.range().endOffset) {
        offset = Math.max(offset, log.range().startOffset);
        const { payloads, nextOffset } = await log.read(offset, 700).catch((error: { code: string }) => {
          expect(error.code).toBe("OFFSET_OUT_OF_RANGE");
          return { payloads: [], nextOffset: offset };
        });
        for (const payload of payloads) {
          expect(textOf(payload)).toBe(textOf(payloadFor(offset, payload.length)));
          offset += 1;
        }
        offset = nextOffset;
        if (payloads.length === 0) await sleep(1);
      }
      return offset;
    });
    for (let offset = 0; offset < 400; offset += 1) {
      await log.append([entryAt(offset, { bytes: (offset * 37) % 900 })]);
      if (offset % 50 === 49) await log.trim(offset - 60);
    }
    isDone = true;
    expect(await Promise.all(readers)).toEqual([400, 400, 400, 400, 400]);
  });

  it("refuses to open anything once the store is closed", async () => {
    const { store, log } = await open();
    await store.close();
    await expect(store.open("one")).rejects.toMatchObject({ code: "CLOSED" });
    await expect(log.append([entryAt(0)])).rejects.toMatchObject({ code: "CLOSED" });
  });
});

async function readAll(log: Log): Promise<Uint8Array[]> {
  const payloads: Uint8Array[] = [];
  const { startOffset, endOffset } = log.range();
  for (let offset = startOffset; offset < endOffset; ) {
    const found = await log.read(offset, 500);
    payloads.push(...found.payloads);
    offset = found.nextOffset;
  }
  return payloads;
}
