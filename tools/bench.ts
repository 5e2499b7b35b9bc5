/** npm run bench: measures, prints a table for each bench, and keeps the figures under bench/results/. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { textTable, writeResults } from "../bench/harness/report.ts";
import { chosen, runBench } from "../bench/harness/run.ts";
import { BenchSkipped } from "../bench/harness/skipped.ts";
import type { BenchRecord } from "../bench/harness/types.ts";
import { benches } from "../bench/index.ts";
import { root } from "./paths.ts";
import { formatDuration } from "./progress.ts";
import { mustRun } from "./ps.ts";

const usage = `Usage: npm run bench [-- name ...] [--quick] [--no-build] [--out folder]
  name         only these: ${benches.map((bench) => bench.name).join(", ")}
  --quick      under a minute, rough figures, kept apart in .cache/bench-quick
  --no-build   measure what was built before
  --out        where the results go; default bench/results`;

const BUILD_MS_MAX = 120_000;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      "no-build": { type: "boolean", default: false },
      out: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const selected = chosen(benches, positionals);
  if (!values["no-build"]) {
    await mustRun(process.execPath, [join(root, "tools/build.ts")], { cwd: root, timeoutMs: BUILD_MS_MAX });
  }
  const folder = values.out ?? join(root, values.quick ? ".cache/bench-quick" : "bench/results");
  const records: BenchRecord[] = [];
  const failed: string[] = [];
  for (const bench of selected) {
    try {
      const say = (text: string) => process.stderr.write(`  ${bench.name}: ${text}\n`);
      const record = await runBench(bench, { quick: values.quick, say });
      records.push(record);
      console.log(`\n${textTable(record)}  took ${formatDuration(record.durationSeconds * 1000)}`);
    } catch (error) {
      if (error instanceof BenchSkipped) {
        console.log(`\n${bench.name} was skipped: ${error.message}`);
        continue;
      }
      failed.push(bench.name);
      console.error(`\n${bench.name} failed: ${(error as Error).message}`);
    }
  }
  const order = benches.map((bench) => bench.name);
  writeResults(folder, records, order);
  console.log(`\nResults: ${join(folder, "latest.json")}`);
  return failed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 2;
}
