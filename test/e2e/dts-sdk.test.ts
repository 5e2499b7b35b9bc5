import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { javaClasses, mavenClassPath } from "../../tools/maven.ts";
import { root } from "../../tools/paths.ts";
import { mustRun } from "../../tools/ps.ts";
import type { TestGroup } from "../support/dts/consumer.ts";
import { ReadingProgram } from "../support/dts/reading-program.ts";
import {
  changeOrder,
  ORDERS,
  startTracked,
  type Tracked,
  trackingEnvironment,
} from "../support/dts/tracked.ts";
import { mavenNeed } from "../support/maven.ts";
import { needs } from "../support/needs.ts";

/* The vendor's SDK for Java, 2.0.0 as Maven Central has it, in the program that docs/consume.md shows. */

const SDK = "com.aliyun.dts:dts-new-subscribe-sdk:2.0.0";
const need = mavenNeed();
const it = needs(need);

let tracked: Tracked;
let classPath: string;
let folder: string;
const programs: ReadingProgram[] = [];

beforeAll(async () => {
  if (!need.available) return;
  folder = mkdtempSync(join(tmpdir(), "dts-sdk-"));
  const sources = join(root, "examples/consume/java");
  const file = join(sources, "ReadChanges.java");
  const libraries = await mavenClassPath([SDK]);
  const classes = await javaClasses([file], libraries);
  classPath = [classes, sources, libraries].join(delimiter);
  tracked = await startTracked(ORDERS);
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.end("SIGKILL");
});
afterAll(async () => {
  await tracked?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it("is a project that Maven compiles, whatever version is here", async () => {
  const cwd = join(folder, "project");
  cpSync(join(root, "examples/consume/java"), cwd, { recursive: true });
  rmSync(join(cwd, "target"), { recursive: true, force: true });
  const goals = ["-q", "-B", "compile", "dependency:build-classpath", "-Dmdep.outputFile=classpath.txt"];
  await mustRun("mvn", goals, { cwd, timeoutMs: 5 * 60_000 });
  expect(existsSync(join(cwd, "target/classes/ReadChanges.class"))).toBe(true);
  expect(existsSync(join(cwd, "classpath.txt"))).toBe(true);
});

/** In a folder of the group's own, where the SDK keeps its checkpoint. */
function read(group: TestGroup, mode: string, fromSeconds?: number): ReadingProgram {
  const cwd = join(folder, group.groupId);
  mkdirSync(cwd, { recursive: true });
  const args = [mode, ...(fromSeconds === undefined ? [] : [String(fromSeconds)])];
  const flags = ["--add-exports", "java.base/sun.util.calendar=ALL-UNNAMED", "-cp", classPath];
  const program = new ReadingProgram(["java", ...flags, "ReadChanges", ...args], {
    cwd,
    env: trackingEnvironment(group),
  });
  programs.push(program);
  return program;
}

const nowSeconds = () => Math.floor(Date.now() / 1000);
const rowsOf = (lines: readonly string[], id: number) =>
  lines.filter((line) => new RegExp(`^[A-Z]+ shop.public.orders .*\\bid=${id} `).test(line));

describe.each([
  ["ASSIGN", 100],
  ["SUBSCRIBE", 200],
] as const)("in %s mode", (mode, first) => {
  it("reads every operation from a time on, and goes on from its checkpoint after a restart", async () => {
    const group = await tracked.group(mode.toLowerCase());
    await changeOrder(tracked.source, first);
    // What is older than the time must not come; times are whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const start = nowSeconds();
    await tracked.source.sql(`CREATE TABLE made_${first} (id int)`);
    await changeOrder(tracked.source, first + 1);

    const timed = read(group, mode, start);
    const lines = await timed.linesUntil(new RegExp(`^DELETE .* id=${first + 1} `));
    expect(lines[0]).toBe("BEGIN");
    expect(rowsOf(lines, first)).toEqual([]);
    expect(rowsOf(lines, first + 1)).toEqual([
      `INSERT shop.public.orders (no row) -> id=${first + 1} amount=12.50 note=new`,
      `UPDATE shop.public.orders id=${first + 1} amount=12.50 note=new -> id=${first + 1} amount=15.00 note=new`,
      `DELETE shop.public.orders id=${first + 1} amount=15.00 note=new -> (no row)`,
    ]);
    expect(lines.find((line) => line.startsWith("DDL "))).toMatch(
      new RegExp(`^DDL CREATE TABLE made_${first} `, "i"),
    );

    // The SDK writes its checkpoint each five seconds; heartbeats move it on.
    await changeOrder(tracked.source, first + 2);
    await timed.linesUntil(new RegExp(`^DELETE .* id=${first + 2} `));
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await timed.end("SIGKILL");
    await changeOrder(tracked.source, first + 3);
    const again = read(group, mode);
    const later = await again.linesUntil(new RegExp(`^DELETE .* id=${first + 3} `));
    expect(rowsOf(later, first + 1)).toEqual([]);
    expect(rowsOf(later, first + 3)).toHaveLength(3);
  });
});
