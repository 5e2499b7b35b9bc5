import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { median, percentile, row } from "../../bench/harness/figures.ts";
import { markdownSummary, markdownTables, textTable, writeResults } from "../../bench/harness/report.ts";
import { chosen, runBench } from "../../bench/harness/run.ts";
import type { Bench, BenchRecord, Results } from "../../bench/harness/types.ts";

/** A bench that measures nothing: its samples are fixed. */
function fixed(name: string, ours: number[], floor: number[]): Bench {
  return {
    name,
    title: `The ${name} bench`,
    run: async () => ({
      rows: [
        row({
          what: "apply",
          unit: "s",
          ours,
          against: "doing nothing",
          floor,
          goal: { of: "ratio", kind: "atMost", value: 1.3 },
        }),
      ],
      notes: ["Fixed samples."],
    }),
  };
}

const quiet = { quick: false, say: () => {} };

describe("figures", () => {
  it("takes medians and percentiles", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([...Array(100).keys()], 99)).toBe(98);
    expect(percentile([7], 99)).toBe(7);
    expect(() => median([])).toThrow(RangeError);
    expect(() => percentile([], 50)).toThrow(RangeError);
  });

  it("divides the medians, ours by the floor's, and judges the goal", () => {
    const slow = row({
      what: "apply",
      unit: "s",
      ours: [12, 30, 11],
      floor: [10, 9, 40],
      goal: { of: "ratio", kind: "atMost", value: 1.1 },
    });
    expect(slow).toMatchObject({ ours: 12, floor: 10, ratio: 1.2, reached: false });
    const rate = { what: "rate", unit: "requests/s", ours: [400], floor: [1000] };
    expect(row({ ...rate, goal: { of: "ratio", kind: "atLeast", value: 0.4 } }).reached).toBe(true);
    expect(row({ ...rate, goal: { of: "ratio", kind: "atLeast", value: 0.41 } }).reached).toBe(false);
    expect(row({ ...rate, goal: { of: "ours", kind: "atMost", value: 399 } }).reached).toBe(false);
    expect(row(rate).reached).toBeUndefined();
  });

  it("refuses a goal on a ratio that has no floor", () => {
    const goal = { of: "ratio", kind: "atMost", value: 1 } as const;
    expect(() => row({ what: "apply", unit: "s", ours: [1], goal })).toThrow("apply");
  });
});

describe("results", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bench-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (): Results => JSON.parse(readFileSync(join(folder, "latest.json"), "utf8")) as Results;

  it("holds ratio, goal, date and machine, and tables for the documents", async () => {
    const record = await runBench(fixed("alpha", [1.4, 1.2, 9], [1, 1, 2]), quiet);
    writeResults(folder, [record], ["alpha"]);
    const kept = read().benches[0] as BenchRecord;
    expect(kept.rows[0]).toMatchObject({ ours: 1.4, floor: 1, ratio: 1.4, reached: false });
    expect(kept.date).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(kept.machine.cores).toBeGreaterThan(0);
    expect(kept.machine.memoryGiB).toBeGreaterThan(0);
    expect(kept.machine.node).toBe(process.version);
    const line = "| apply | 1.4 s | 1 s (doing nothing) | 1.4 | ratio at most 1.3 | no |";
    expect(markdownTables(read())).toContain(line);
    expect(markdownSummary(read())).toContain("| apply | 1.4 of doing nothing | ratio at most 1.3 | no |");
    expect(textTable(record)).toContain("ratio at most 1.3");
    expect(readdirSync(folder)).toEqual(["latest.json"]);
  });

  it("keeps what a bench that did not run this time measured before", async () => {
    const order = ["alpha", "beta"];
    const run = (name: string, ours: number) => runBench(fixed(name, [ours], [1]), quiet);
    writeResults(folder, [await run("beta", 3)], order);
    writeResults(folder, [await run("alpha", 1)], order);
    writeResults(folder, [await run("alpha", 2)], order);
    expect(read().benches.map((record) => [record.name, record.rows[0]?.ours])).toEqual([
      ["alpha", 2],
      ["beta", 3],
    ]);
  });
});

describe("choosing", () => {
  const all = [fixed("alpha", [1], [1]), fixed("beta", [1], [1])];

  it("runs all for no name, else the named ones, and refuses others", () => {
    expect(chosen(all, [])).toHaveLength(2);
    expect(chosen(all, ["beta"]).map((bench) => bench.name)).toEqual(["beta"]);
    expect(() => chosen(all, ["gamma"])).toThrow("there are alpha, beta");
  });
});
