import { writeSync } from "node:fs";
import { openFileLogs } from "../../../../service/log/file-logs.ts";
import { type EntryShape, entriesFrom } from "./stores.ts";

/*
 * Started as a process of its own: `<folder> <seed>`. Appends to the log "one" until it is killed, several calls at once, and
 * writes `<offset>\n` when all before this offset was acknowledged.
 */
const [, , folder, seedText] = process.argv as [string, string, string, string];
const IN_FLIGHT = 6;
/** Groups of entries of this many, the last one complete. */
const GROUP = 4;

let state = Number(seedText) + 1;
/** The same numbers for the same seed. */
function random(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return Math.floor((state / 0x80000000) * below);
}

const store = await openFileLogs(folder, {
  retention: { bytesMax: 1e9, ageSecondsMax: 1e9 },
  segmentBytes: 100_000,
});
const log = await store.open("one");
await log.discardIncomplete();
let { nextOffset } = log.range();
const waiting: Promise<void>[] = [];
for (;;) {
  const shapes: EntryShape[] = Array.from({ length: 1 + random(9) }, (_, at) => ({
    bytes: random(10) === 0 ? random(60_000) : random(400),
    complete: (nextOffset + at) % GROUP === GROUP - 1,
  }));
  const entries = entriesFrom({ ...log.range(), nextOffset }, shapes);
  nextOffset += entries.length;
  const acknowledged = nextOffset;
  waiting.push(log.append(entries).then(() => void writeSync(1, `${acknowledged}\n`)));
  if (waiting.length >= IN_FLIGHT) await waiting.shift();
}
