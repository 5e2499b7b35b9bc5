import { readFileSync } from "node:fs";
import { join } from "node:path";
import { row } from "../harness/figures.ts";
import { startService } from "../harness/service.ts";
import { BenchSkipped } from "../harness/skipped.ts";
import type { Bench } from "../harness/types.ts";
import { captureBy } from "../plane/captured.ts";
import { readRows } from "../plane/read.ts";
import { BenchSource } from "../plane/source.ts";

const MEGABYTES_MAX = 400;

/** What the service keeps in memory at most while one large transaction goes through it, to a consumer that reads it all. */
export const memory: Bench = {
  name: "memory",
  title: "Memory: one large transaction",
  async run(context) {
    const count = context.quick ? 200_000 : 2_000_000;
    const source = await BenchSource.start(context.workDir);
    const service = await startService({
      args: ["--data", join(context.workDir, "data"), "--kafka-port", "0"],
    });
    try {
      const { reader } = await captureBy(service.endpoint, source);
      let writing: Promise<void> | undefined;
      const begin = performance.now();
      // Heartbeats are counted, too, but there are few before the transaction is.
      await readRows({ access: reader, rows: count, isTimed: false, leftOut: 0 }, () => {
        writing ??= source.writeTransaction(count);
      });
      await writing;
      context.say(`written, captured and read in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
      return {
        rows: [
          row({
            what: `one transaction of ${count.toLocaleString("en-US")} rows: resident memory of the service at most`,
            unit: "MB",
            ours: [highestResident(service.pid)],
            goal: { of: "ours", kind: "atMost", value: MEGABYTES_MAX },
          }),
        ],
        notes: [
          "Rows of 100 bytes; all threads of the service, with a kafkajs consumer that reads as they come.",
        ],
      };
    } finally {
      await service.stop();
      await source.stop();
    }
  },
};

/** MB (10^6 bytes) since the process began. */
function highestResident(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1];
    return (Number(kibibytes) * 1024) / 1e6;
  } catch {
    throw new BenchSkipped("needs /proc (Linux)");
  }
}
