import { mkdirSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { root } from "../../tools/paths.ts";
import { machine } from "./machine.ts";
import type { Bench, BenchContext, BenchRecord } from "./types.ts";

/** The benches of these names, all of them for none. Throws for a name that is not there. */
export function chosen(benches: readonly Bench[], names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    const known = benches.map((bench) => bench.name).join(", ");
    throw new RangeError(`no bench is called ${unknown.join(" or ")}; there are ${known}`);
  }
  return names.length === 0 ? benches : benches.filter((bench) => names.includes(bench.name));
}

/** Runs one bench in an empty folder that is gone afterwards. */
export async function runBench(bench: Bench, options: Omit<BenchContext, "workDir">): Promise<BenchRecord> {
  // Inside the clone, so that a program copied there still finds the clone's packages.
  const workDir = join(root, ".cache", "bench", `${bench.name}-${process.pid}`);
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(workDir, { recursive: true });
  const loadBefore = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const startedAt = performance.now();
  try {
    const { rows, notes } = await bench.run({ ...options, workDir });
    return {
      name: bench.name,
      title: bench.title,
      date: new Date().toISOString(),
      quick: options.quick,
      loadBefore,
      durationSeconds: Math.round((performance.now() - startedAt) / 100) / 10,
      machine: machine(),
      rows,
      notes,
    };
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
