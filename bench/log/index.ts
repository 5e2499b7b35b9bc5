import { join } from "node:path";
import { openFileLogs } from "../../service/log/file-logs.ts";
import type { Log, LogStore } from "../../service/log/log.ts";
import { row } from "../harness/figures.ts";
import type { Bench, BenchContext } from "../harness/types.ts";
import { readBare, writeBare } from "./floor.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const MEGABYTE = 1e6;
const RETENTION = { bytesMax: 1e12, ageSecondsMax: 1e9 };

/** The durable log alone, against the same bytes through plain files. */
export const log: Bench = {
  name: "log",
  title: "The durable log",
  async run(context) {
    const sizes = context.quick
      ? { rounds: 1, single: 200, grouped: 2_000, bulk: 200 * MIB, recovered: 500 * MIB }
      : { rounds: 3, single: 1_000, grouped: 10_000, bulk: 1_000 * MIB, recovered: 5_000 * MIB };
    const figures = new Figures();
    for (let round = 0; round < sizes.rounds; round += 1) await measure(context, sizes, round, figures);
    const { bytes, recoveryMs } = await measureRecovery(context, sizes.recovered);
    const { of } = figures;
    return {
      rows: [
        row({
          what: "entries of 64 KiB made durable, one at a time",
          unit: "entries/s",
          ours: of("single"),
          against: "write and fdatasync of each",
          floor: of("bareSingle"),
        }),
        row({
          what: "entries of 64 KiB made durable, 32 waiting",
          unit: "entries/s",
          ours: of("grouped"),
          against: "write and fdatasync of each",
          floor: of("bareSingle"),
        }),
        row({
          what: "appended in entries of 256 KiB, 16 waiting",
          unit: "MB/s",
          ours: of("append"),
          against: "writes of 4 MiB, fdatasync after each",
          floor: of("bareAppend"),
        }),
        row({
          what: "read from files, 1 MiB a call",
          unit: "MB/s",
          ours: of("read"),
          against: "reads of 1 MiB",
          floor: of("bareRead"),
        }),
        row({
          what: `opened again, ${(bytes / 1e9).toFixed(1)} GB`,
          unit: "ms",
          ours: recoveryMs,
          goal: { of: "ours", kind: "atMost", value: 1_000 },
        }),
      ],
      notes: [
        "Ours and the plain files take turns; what is read stands in the page cache as a rule.",
        "The log that is opened again ends with a full segment, all of whose entries are checked.",
      ],
    };
  },
};

type Figure = "single" | "bareSingle" | "grouped" | "append" | "bareAppend" | "read" | "bareRead";

class Figures {
  readonly #all = new Map<Figure, number[]>();
  add(figure: Figure, value: number): void {
    this.#all.set(figure, [...this.of(figure), value]);
  }
  readonly of = (figure: Figure): number[] => this.#all.get(figure) ?? [];
}

async function measure(
  { workDir, say }: BenchContext,
  sizes: { single: number; grouped: number; bulk: number },
  round: number,
  figures: Figures,
): Promise<void> {
  say(`log, round ${round + 1}`);
  const bare = join(workDir, "bare");
  const store = await openFileLogs(join(workDir, `logs-${round}`), { retention: RETENTION, tailBytes: 0 });
  figures.add("bareSingle", sizes.single / writeBare(bare, 64 * KIB, sizes.single));
  figures.add("single", sizes.single / (await append(store, "single", 64 * KIB, sizes.single, 1)));
  figures.add("grouped", sizes.grouped / (await append(store, "grouped", 64 * KIB, sizes.grouped, 32)));
  const megabytes = sizes.bulk / MEGABYTE;
  figures.add("bareAppend", megabytes / writeBare(bare, 4 * MIB, sizes.bulk / (4 * MIB)));
  figures.add("append", megabytes / (await append(store, "bulk", 256 * KIB, sizes.bulk / (256 * KIB), 16)));
  figures.add("bareRead", megabytes / readBare(bare, MIB));
  figures.add("read", megabytes / (await readThrough(await store.open("bulk"))));
  for (const name of await store.list()) await store.remove(name);
  await store.close();
}

/** Seconds for so many entries of this size, so many calls waiting at any moment. */
async function append(
  store: LogStore,
  name: string,
  bytes: number,
  count: number,
  waitingMax: number,
): Promise<number> {
  const one = await store.open(name);
  const payload = Buffer.alloc(bytes, "a change as it might be, of a row; ");
  const position = Buffer.alloc(24, 1);
  const begin = performance.now();
  const seconds = Math.floor(Date.now() / 1000);
  const waiting: Promise<void>[] = [];
  for (let offset = one.range().nextOffset, last = offset + count; offset < last; offset += 1) {
    const times = { firstSeconds: seconds, lastSeconds: seconds };
    const entry = { baseOffset: offset, recordCount: 1, ...times, position, complete: true, payload };
    waiting.push(one.append([entry]));
    if (waiting.length >= waitingMax) await waiting.shift();
  }
  await Promise.all(waiting);
  return (performance.now() - begin) / 1000;
}

async function readThrough(one: Log): Promise<number> {
  const begin = performance.now();
  const { endOffset } = one.range();
  for (let offset = 0; offset < endOffset; ) ({ nextOffset: offset } = await one.read(offset, MIB));
  return (performance.now() - begin) / 1000;
}

async function measureRecovery(
  { workDir, say, quick }: BenchContext,
  wantedBytes: number,
): Promise<{ bytes: number; recoveryMs: number[] }> {
  say(`log, writing ${Math.round(wantedBytes / MIB)} MiB to open again`);
  const folder = join(workDir, "recovered");
  const store = await openFileLogs(folder, { retention: RETENTION, tailBytes: 0 });
  // One entry less than a new segment would need, so that the last one is as full as it gets.
  await append(store, "one", 256 * KIB, Math.floor(wantedBytes / (256 * KIB)) - 1, 16);
  await store.close();
  const recoveryMs: number[] = [];
  let bytes = 0;
  for (let round = 0; round < (quick ? 1 : 5); round += 1) {
    const begin = performance.now();
    const again = await openFileLogs(folder, { retention: RETENTION });
    bytes = (await again.open("one")).range().bytes;
    recoveryMs.push(performance.now() - begin);
    await again.close();
  }
  return { bytes, recoveryMs };
}
