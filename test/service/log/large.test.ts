import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LogError } from "../../../service/log/log.ts";
import { entryAt, payloadFor } from "./support/stores.ts";
import { filesOf, withLog } from "./support/written-log.ts";

const COUNT = 240;
/** Small ones, some as large as what the index leaves out, and a few that fit into no window. */
const bytesOf = (offset: number) =>
  offset % 80 === 7 ? 1_500_000 : offset % 9 === 4 ? 70_000 : (offset * 997) % 12_000;
const secondsOf = (offset: number) => 1_000 + 2 * Math.floor(offset / 3);

describe("segments with more than a few entries", () => {
  it("are read and searched at any place", async () => {
    const entries = Array.from({ length: COUNT }, (_, at) =>
      entryAt(at, { bytes: bytesOf(at), seconds: secondsOf(at) }),
    );
    const files = await filesOf(
      [entries.slice(0, 100), entries.slice(100, 170), entries.slice(170)],
      2_000_000,
    );
    expect([...files.keys()].filter((name) => name.endsWith(".log"))).toHaveLength(3);
    await withLog(files, async (log) => {
      for (let step = 0; step < COUNT; step += 1) {
        const offset = (step * 89) % COUNT;
        for (const bytesMax of [1, 40_000, 2_000_000]) {
          const { payloads, baseOffset, nextOffset } = await log.read(offset, bytesMax);
          expect(baseOffset).toBe(offset);
          expect(nextOffset).toBe(offset + payloads.length);
          for (const [at, payload] of payloads.entries()) {
            expect(Buffer.compare(payload, payloadFor(offset + at, bytesOf(offset + at)))).toBe(0);
          }
        }
        const seconds = secondsOf(offset) - (step % 2);
        const first = Math.floor(offset / 3) * 3;
        expect(await log.findTime(seconds)).toEqual({ offset: first, seconds: secondsOf(offset) });
      }
    });
  });
});

describe("one damaged byte anywhere", () => {
  it("never shows as something that was not appended", async () => {
    const groups = Array.from({ length: 40 }, (_, at) => [
      entryAt(2 * at, { complete: false }),
      entryAt(2 * at + 1, { bytes: 300 }),
    ]);
    const files = await filesOf(groups, 4_000);
    const names = [...files.keys()].sort();
    const whereabouts = fc
      .integer({ min: 0, max: names.length - 1 })
      .chain((name) =>
        fc.tuple(
          fc.constant(names[name] as string),
          fc.nat((files.get(names[name] as string) as Buffer).length - 1),
          fc.integer({ min: 1, max: 255 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(whereabouts, async ([name, at, flip]) => {
        const spoilt = Buffer.from(files.get(name) as Buffer);
        spoilt[at] = (spoilt[at] as number) ^ flip;
        try {
          await withLog(new Map([...files, [name, spoilt]]), async (log) => {
            const { startOffset, endOffset } = log.range();
            expect(startOffset).toBe(0);
            // Only what was written last can be taken for torn.
            expect([78, 80]).toContain(endOffset);
            const wrong: number[] = [];
            for (let offset = 0; offset < endOffset; offset += 1) {
              const wanted = payloadFor(offset, offset % 2 === 0 ? 100 : 300);
              try {
                const [payload] = (await log.read(offset, 1)).payloads;
                if (Buffer.compare(payload as Uint8Array, wanted) !== 0) wrong.push(offset);
              } catch (error) {
                if ((error as LogError).code !== "CORRUPT") throw error;
              }
            }
            expect(wrong).toEqual([]);
          });
        } catch (error) {
          if (!(error instanceof LogError)) throw error;
          expect(error.code).toBe("CORRUPT");
        }
      }),
      { numRuns: 80 },
    );
  });
});
