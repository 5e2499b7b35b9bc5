import { row } from "../harness/figures.ts";
import { highestResidentMegabytes } from "../harness/machine.ts";
import { BenchSkipped } from "../harness/skipped.ts";
import type { Bench } from "../harness/types.ts";
import { withCapture } from "../plane/captured.ts";
import { readRows } from "../plane/read.ts";

const MEGABYTES_MAX = 400;

/** What the service keeps in memory at most while one large transaction goes through it, to a consumer that reads it all. */
export const memory: Bench = {
  name: "memory",
  title: "Memory: one large transaction",
  run: (context) =>
    withCapture(context.workDir, async ({ source, service, reader }) => {
      const count = context.quick ? 200_000 : 2_000_000;
      let writing: Promise<void> | undefined;
      const begin = performance.now();
      // Heartbeats are counted, too, but there are few before the transaction is.
      await readRows({ access: reader, rows: count, isTimed: false, leftOut: 0 }, () => {
        writing ??= source.writeTransaction(count);
      });
      await writing;
      context.say(`written, captured and read in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
      const highest = highestResidentMegabytes(service.pid);
      if (highest === undefined) throw new BenchSkipped("needs /proc (Linux)");
      return {
        rows: [
          row({
            what: `one transaction of ${count.toLocaleString("en-US")} rows: resident memory of the service at most`,
            unit: "MB",
            ours: [highest],
            goal: { of: "ours", kind: "atMost", value: MEGABYTES_MAX },
          }),
        ],
        notes: [
          "Rows of 100 bytes; all threads of the service, with a kafkajs consumer that reads as they come.",
        ],
      };
    }),
};
