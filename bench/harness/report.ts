import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markdownTable } from "../../tools/docs/markdown.ts";
import type { BenchRecord, Goal, Results, Row } from "./types.ts";

/** A load average above this was not the bench's own doing. */
const LOAD_QUIET = 1.5;
const HEAD = ["what", "ours", "floor or peer", "ratio", "goal", "reached"] as const;

/** A table for the terminal, with the notes under it. */
export function textTable(record: BenchRecord): string {
  const lines = [[...HEAD], ...record.rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const body = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  body.splice(1, 0, widths.map((width) => "-".repeat(width)).join("  "));
  const title = `${record.title}${record.quick ? " (quick: rough figures)" : ""}`;
  const notes = [...record.notes, measuredOn(record)];
  return [title, "", ...body, ...notes.map((note) => `  ${note}`), ""].join("\n");
}

/** The same figures as Markdown, for docs/. */
export function markdownTables(results: Results): string {
  const out: string[] = [];
  for (const record of results.benches) {
    out.push(`## ${record.title}`, "", markdownTable(HEAD, record.rows.map(cells)));
    const rough = record.quick ? " Quick run: rough figures." : "";
    out.push("", `${[...record.notes, `${measuredOn(record)}${rough}`].join(" ")}`, "");
  }
  return out.join("\n").trim();
}

/** What has a goal, a line each, for the README. */
export function markdownSummary(results: Results): string {
  const rows = results.benches.flatMap((record) =>
    record.rows
      .filter((one) => one.goal !== undefined)
      .map((one) => [one.what, measured(one), goalText(one.goal, one.unit), one.reached ? "yes" : "no"]),
  );
  const head = ["what", "measured", "goal", "reached"];
  const last = [...results.benches].sort((a, b) => a.date.localeCompare(b.date)).at(-1);
  const table = markdownTable(head, rows);
  const loads = results.benches.map((record) => record.loadBefore);
  return last === undefined ? table : `${table}\n\n${measuredOn(last, loads)}`;
}

function measured(one: Row): string {
  if (one.goal?.of !== "ratio" || one.ratio === undefined) return quantity(one.ours, one.unit);
  return `${number(one.ratio)} of ${one.against ?? "the floor"}`;
}

/**
 * Writes `latest.json` into `folder`. Benches that did not run this time keep the
 * record they have there; `order` names all benches as they are listed.
 */
export function writeResults(
  folder: string,
  records: readonly BenchRecord[],
  order: readonly string[],
): Results {
  mkdirSync(folder, { recursive: true });
  const merged = new Map(readResults(folder).benches.map((record) => [record.name, record]));
  for (const record of records) merged.set(record.name, record);
  const benches = order.flatMap((name) => merged.get(name) ?? []);
  const results: Results = { benches };
  writeWhole(join(folder, "latest.json"), `${JSON.stringify(results, shortened, 2)}\n`);
  return results;
}

/** Five digits are more than any figure here can mean. */
function shortened(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}

/** What the last runs measured; empty where there were none. */
export function readResults(folder: string): Results {
  try {
    return JSON.parse(readFileSync(join(folder, "latest.json"), "utf8")) as Results;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { benches: [] };
    throw error;
  }
}

/** A reader never sees half a file. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

function cells(one: Row): string[] {
  const reached = one.reached === undefined ? "" : one.reached ? "yes" : "no";
  const against = one.floor === undefined ? (one.against ?? "") : quantity(one.floor, one.unit);
  const named = one.floor === undefined || !one.against ? against : `${against} (${one.against})`;
  const ratio = one.ratio === undefined ? "" : number(one.ratio);
  return [one.what, quantity(one.ours, one.unit), named, ratio, goalText(one.goal, one.unit), reached];
}

function goalText(goal: Goal | undefined, unit: string): string {
  if (!goal) return "";
  const bound = goal.kind === "atMost" ? "at most" : "at least";
  return goal.of === "ratio" ? `ratio ${bound} ${goal.value}` : `${bound} ${quantity(goal.value, unit)}`;
}

function quantity(value: number, unit: string): string {
  return `${number(value)} ${unit}`;
}

/** Three significant digits, thousands with a comma: more would be noise. */
function number(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? rounded.toLocaleString("en-US") : String(rounded);
}

/** `loads`: of all the runs that it is said of. */
function measuredOn(record: BenchRecord, loads: readonly number[] = [record.loadBefore]): string {
  const { cores, cpu, memoryGiB, node, platform } = record.machine;
  const day = record.date.slice(0, 10);
  const range = [...new Set([Math.min(...loads), Math.max(...loads)])];
  const busy =
    Math.max(...loads) > LOAD_QUIET
      ? ` The machine was busy with other work (load ${range.join(" to ")}).`
      : "";
  return `Measured ${day} on ${cores} cores (${cpu}), ${memoryGiB} GiB, ${platform}, Node.js ${node}.${busy}`;
}
