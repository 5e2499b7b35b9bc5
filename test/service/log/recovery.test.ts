import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFileLogs } from "../../../service/log/file-logs.ts";
import type { LogEntry } from "../../../service/log/log.ts";
import { entryAt, payloadFor, textOf } from "./support/stores.ts";
import { filesOf, type LogFiles, readAll, withLog } from "./support/written-log.ts";

const FIRST = `${"0".repeat(20)}.log`;
const HEAD_BYTES = 64;

/** Small entries, the third and sixth of them complete. */
const small = (offset: number) =>
  entryAt(offset, { bytes: 8, position: `p${offset}`, complete: offset % 3 === 2, seconds: 1_000 + offset });
const range = (count: number) => Array.from({ length: count }, (_, at) => at);
const sizeOf = ({ position, payload }: LogEntry) => HEAD_BYTES + position.length + payload.length;

describe("a tail that a crash tore", () => {
  it("is cut at every byte of the last frames, and the log goes on from there", async () => {
    const entries = range(6).map(small);
    const whole = (await filesOf(entries.map((entry) => [entry]))).get(FIRST) as Buffer;
    const ends = entries.map((_, at) => entries.slice(0, at + 1).reduce((sum, one) => sum + sizeOf(one), 0));
    for (let bytes = ends[1] as number; bytes <= whole.length; bytes += 1) {
      const count = ends.filter((end) => end <= bytes).length;
      await withLog(new Map([[FIRST, whole.subarray(0, bytes)]]), async (log, { folder }) => {
        const complete = Math.floor(count / 3) * 3;
        expect(log.range()).toMatchObject({ startOffset: 0, endOffset: complete, nextOffset: count });
        expect(statSync(join(folder, FIRST)).size).toBe(ends[count - 1]);
        expect(textOf(log.position())).toBe(complete === 0 ? "" : `p${complete - 1}`);
        await log.append([entryAt(count, { seconds: 2_000 })]);
        expect(await readAll(log)).toHaveLength(count + 1);
      });
    }
  });

  it("is cut where any bit of the last frame is wrong", async () => {
    const entries = range(6).map(small);
    const whole = (await filesOf(entries.map((entry) => [entry]))).get(FIRST) as Buffer;
    const last = whole.length - sizeOf(entries[5] as LogEntry);
    for (let at = last; at < whole.length; at += 1) {
      await withLog(new Map([[FIRST, flipped(whole, at)]]), async (log) => {
        expect(log.range()).toMatchObject({ endOffset: 3, nextOffset: 5 });
      });
    }
  });

  it("is told from damage: what was acknowledged is never cut off silently", async () => {
    const entries = range(6).map(small);
    const whole = (await filesOf(entries.map((entry) => [entry]))).get(FIRST) as Buffer;
    const third = 2 * sizeOf(entries[0] as LogEntry);
    for (let at = third; at < third + sizeOf(entries[2] as LogEntry); at += 1) {
      await expect(withLog(new Map([[FIRST, flipped(whole, at)]]), async () => {})).rejects.toMatchObject({
        code: "CORRUPT",
        message: expect.stringContaining(`damaged at byte ${third}`),
      });
    }
  });

  it("is cut whatever of one write reached the disk", async () => {
    const entries = range(9).map(small);
    // Three writes, the last one of five entries.
    const whole = (await filesOf([entries.slice(0, 2), entries.slice(2, 4), entries.slice(4)])).get(FIRST);
    const fifth = 4 * sizeOf(entries[0] as LogEntry);
    const file = Buffer.from(whole as Buffer);
    file.fill(0, fifth, fifth + 40);
    await withLog(new Map([[FIRST, file]]), async (log) => {
      expect(log.range()).toMatchObject({ endOffset: 3, nextOffset: 4 });
    });
  });

  it("may be garbage or zeros of any length", async () => {
    const whole = (await filesOf([range(3).map(small)])).get(FIRST) as Buffer;
    for (const tail of [Buffer.alloc(1), Buffer.alloc(5_000), Buffer.alloc(3_000, "LOGF"), whole]) {
      await withLog(new Map([[FIRST, Buffer.concat([whole, tail])]]), async (log, { folder }) => {
        expect(log.range()).toMatchObject({ endOffset: 3, nextOffset: 3 });
        expect(statSync(join(folder, FIRST)).size).toBe(whole.length);
      });
    }
  });

  it("leaves a file that was only just begun", async () => {
    const files = new Map(
      await filesOf(
        range(9).map((at) => [small(at)]),
        200,
      ),
    );
    const begun = `${"9".padStart(20, "0")}.log`;
    for (const contents of ["", "LOGFxx"]) {
      await withLog(new Map([...files, [begun, Buffer.from(contents)]]), async (log) => {
        expect(log.range()).toMatchObject({ startOffset: 0, endOffset: 9, nextOffset: 9 });
        expect(textOf(log.position())).toBe("p8");
        await expect(log.append([entryAt(9, { seconds: 5 })])).rejects.toMatchObject({
          code: "NOT_IN_ORDER",
        });
        await log.append([entryAt(9, { seconds: 2_000 })]);
        expect(await readAll(log)).toHaveLength(10);
      });
    }
  });
});

describe("a file that was made and never used", () => {
  it("does not stand in the way, wherever it would begin", async () => {
    const files = await filesOf(
      range(9).map((at) => [small(at)]),
      200,
    );
    const unused = `${"500".padStart(20, "0")}.log`;
    await withLog(new Map([...files, [unused, Buffer.alloc(0)]]), async (log, { folder }) => {
      expect(log.range()).toMatchObject({ startOffset: 0, endOffset: 9, nextOffset: 9 });
      expect(existsSync(join(folder, unused))).toBe(false);
    });
  });
});

describe("what was never ended", () => {
  const files = () =>
    filesOf(
      range(40).map((at) => [entryAt(at, { complete: at < 5, seconds: 1_000 + at })]),
      400,
    );

  it("is found over many segments, and discarded", async () => {
    const written = await files();
    expect([...written.keys()].filter((name) => name.endsWith(".log")).length).toBeGreaterThan(10);
    await withLog(
      written,
      async (log, { store, folder }) => {
        expect(log.range()).toMatchObject({
          startOffset: 0,
          endOffset: 5,
          nextOffset: 40,
          lastSeconds: 1_004,
        });
        expect(textOf(log.position())).toBe("at 4");
        await log.discardIncomplete();
        expect(log.range()).toMatchObject({ endOffset: 5, nextOffset: 5 });
        expect(readdirSync(folder).filter((name) => name.endsWith(".log")).length).toBeLessThan(4);
        await log.append([entryAt(5, { seconds: 1_004 })]);
        await log.close();
        const again = await store.open("one");
        expect(again.range()).toMatchObject({ startOffset: 0, endOffset: 6, nextOffset: 6 });
        expect((await readAll(again)).map((payload) => Number.parseInt(textOf(payload), 10))).toEqual(
          range(6),
        );
      },
      { segmentBytes: 400 },
    );
  });

  it("can be ended after a restart", async () => {
    await withLog(await files(), async (log) => {
      await log.append([entryAt(40, { seconds: 1_040 })]);
      expect(log.range()).toMatchObject({ endOffset: 41 });
      expect(await readAll(log)).toHaveLength(41);
    });
  });
});

describe("indexes", () => {
  const files = () =>
    filesOf(
      range(60).map((at) => [entryAt(at, { seconds: 1_000 + at, position: "here" })]),
      1_000,
    );

  it.each<[string, (index: Buffer, first: Buffer) => Buffer | undefined]>([
    ["missing", () => undefined],
    ["empty", () => Buffer.alloc(0)],
    ["garbage", () => Buffer.alloc(500, 7)],
    ["flipped", (index) => flipped(index, 30)],
    ["flipped in rows", (index) => flipped(index, 100)],
    ["cut", (index) => index.subarray(0, -1)],
    ["of other segments", (_index, first) => first],
  ])("that are %s are made anew", async (_what, spoil) => {
    const written = await files();
    const spoilt = new Map(written);
    const names = [...written.keys()].filter((name) => name.endsWith(".index")).sort();
    const first = written.get(names[1] as string) as Buffer;
    for (const name of names) {
      const bytes = spoil(written.get(name) as Buffer, first);
      if (bytes) spoilt.set(name, bytes);
      else spoilt.delete(name);
    }
    await withLog(spoilt, async (log, { folder }) => {
      expect(log.range()).toMatchObject({ startOffset: 0, endOffset: 60, nextOffset: 60 });
      expect(await readAll(log)).toEqual(range(60).map((at) => payloadFor(at, 100)));
      for (const at of [0, 17, 59]) {
        expect(await log.findTime(1_000 + at)).toEqual({ offset: at, seconds: 1_000 + at });
      }
      for (const [name, bytes] of written) {
        if (name.endsWith(".index")) expect(readFileSync(join(folder, name)), name).toEqual(bytes);
      }
    });
  });

  it("without their segment are removed", async () => {
    const orphan = `${"777".padStart(20, "0")}.index`;
    await withLog(new Map([...(await files()), [orphan, Buffer.alloc(9)]]), async (_log, { folder }) => {
      expect(existsSync(join(folder, orphan))).toBe(false);
    });
  });
});

describe("damage in a sealed segment", () => {
  const segments = (files: LogFiles) => [...files.keys()].filter((name) => name.endsWith(".log")).sort();

  it("is told by who reads there, and by nobody else", async () => {
    const files = new Map(
      await filesOf(
        range(60).map((at) => [entryAt(at)]),
        1_000,
      ),
    );
    const name = segments(files)[2] as string;
    files.set(name, flipped(files.get(name) as Buffer, 90));
    const from = Number.parseInt(name, 10);
    await withLog(files, async (log) => {
      await expect(log.read(from, 10)).rejects.toMatchObject({
        code: "CORRUPT",
        message: expect.stringContaining(name),
      });
      expect(await log.read(from - 1, 10)).toMatchObject({ baseOffset: from - 1 });
      await log.append([entryAt(60)]);
    });
  });

  it("is told at once where the index is missing too", async () => {
    const files = new Map(
      await filesOf(
        range(60).map((at) => [entryAt(at)]),
        1_000,
      ),
    );
    const name = segments(files)[2] as string;
    files.set(name, flipped(files.get(name) as Buffer, 90));
    files.delete(name.replace(".log", ".index"));
    await expect(withLog(files, async () => {})).rejects.toMatchObject({ code: "CORRUPT" });
  });

  it("of a whole file is told where the writer's position went with it", async () => {
    const entries = range(40).map((at) => [entryAt(at, { complete: at < 5 })]);
    const files = new Map(await filesOf(entries, 1_000));
    files.delete(segments(files)[0] as string);
    await expect(withLog(files, async () => {})).rejects.toMatchObject({
      code: "CORRUPT",
      message: expect.stringContaining("is missing"),
    });
  });

  it("of a whole file gives up what lies before it, visibly", async () => {
    const files = new Map(
      await filesOf(
        range(60).map((at) => [entryAt(at)]),
        1_000,
      ),
    );
    const [, second, third] = segments(files);
    files.delete(second as string);
    await withLog(files, async (log) => {
      expect(log.range()).toMatchObject({ startOffset: Number.parseInt(third as string, 10), endOffset: 60 });
    });
  });
});

describe("folders", () => {
  it("are for their owner alone", async () => {
    await withLog(
      await filesOf(
        range(60).map((at) => [entryAt(at)]),
        1_000,
      ),
      async (log, { store }) => {
        await store.open("two");
        await log.append([entryAt(60)]);
      },
    );
    const folder = join(mkdtempSync(join(tmpdir(), "logs-")), "logs");
    const store = await openFileLogs(folder, {
      retention: { bytesMax: 1e9, ageSecondsMax: 1e9 },
      segmentBytes: 300,
    });
    const log = await store.open("one");
    for (const at of range(9)) await log.append([entryAt(at)]);
    await store.close();
    if (process.platform !== "win32") {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(join(folder, "one")).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(join(folder, "one"))) {
        expect(statSync(join(folder, "one", name)).mode & 0o777, name).toBe(0o600);
      }
    }
    rmSync(join(folder, ".."), { recursive: true });
  });

  it("that were being removed are gone at the next start", async () => {
    const folder = mkdtempSync(join(tmpdir(), "logs-"));
    mkdirSync(join(folder, ".removed-one"));
    const store = await openFileLogs(folder, { retention: { bytesMax: 1e9, ageSecondsMax: 1e9 } });
    expect(readdirSync(folder)).toEqual([]);
    await store.close();
    rmSync(folder, { recursive: true });
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ 0x10;
  return copy;
}
