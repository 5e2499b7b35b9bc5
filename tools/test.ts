/**
 * npm test: builds, checks and tests everything. Arguments go on to vitest, and then only those tests run:
 * `npm test -- test/service`. `npm run test:unit` leaves out what needs the Pulumi CLI. The very last line says how many tests passed and failed; a failed step counts as one.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { nodeBinDir, root } from "./paths.ts";
import { formatDuration } from "./progress.ts";
import { mustRun, passSignalsOn } from "./ps.ts";
import { ensurePulumi } from "./pulumi.ts";
import { countTests, summaryLine, type VitestReport } from "./test/counts.ts";

const CHECK_MS_MAX = 5 * 60_000;

/** Runs one step and prints its line; returns the number of failures, 0 or 1. */
async function step(name: string, work: () => Promise<string | undefined>): Promise<number> {
  const startedAt = performance.now();
  const line = (mark: string, text = "") =>
    console.log(`${mark} ${name}${text && `: ${text}`} (${formatDuration(performance.now() - startedAt)})`);
  try {
    line("ok  ", await work());
    return 0;
  } catch (error) {
    line("FAIL");
    console.log((error as Error).message);
    return 1;
  }
}

async function bundles(): Promise<string> {
  const { built } = await build();
  return built.length === 0 ? "up to date" : built.join(", ");
}

async function lint(): Promise<undefined> {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  await mustRun(process.execPath, [biome, "check", "--error-on-warnings", "."], {
    cwd: root,
    timeoutMs: CHECK_MS_MAX,
  });
}

async function types(): Promise<undefined> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const memory = ["--incremental", "--tsBuildInfoFile", join(root, ".cache/test/types.tsbuildinfo")];
  await mustRun(process.execPath, [tsc, "-p", ".", ...memory], { cwd: root, timeoutMs: CHECK_MS_MAX });
}

async function pulumi(): Promise<string> {
  const { version, how } = await ensurePulumi();
  return `${version}, ${{ path: "on the PATH", download: "downloaded", build: "built here" }[how]}`;
}

/** Vitest writes to the terminal itself; its report comes back through a file. */
async function runVitest(args: readonly string[]): Promise<VitestReport | undefined> {
  const reportFile = join(root, ".cache/test/vitest.json");
  mkdirSync(join(root, ".cache/test"), { recursive: true });
  rmSync(reportFile, { force: true });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const child = spawn(process.execPath, [vitest, "run", ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, PATH: `${nodeBinDir}:${process.env.PATH ?? ""}` },
    stdio: "inherit",
  });
  await once(child, "close");
  try {
    return JSON.parse(readFileSync(reportFile, "utf8")) as VitestReport;
  } catch {
    return undefined;
  }
}

async function main(given: readonly string[]): Promise<void> {
  const unitOnly = given.includes("--unit");
  const args = given.flatMap((one) => (one === "--unit" ? ["--project", "unit"] : [one]));
  const someTestsOnly = given.length > 0;
  let failedSteps = await step("build", bundles);
  const checks = someTestsOnly ? [] : [step("lint and format", lint), step("types", types)];
  if (!unitOnly) checks.push(step("pulumi", pulumi));
  for (const failures of await Promise.all(checks)) failedSteps += failures;

  const startedAt = performance.now();
  const counts = countTests(await runVitest(args));
  const mark = counts.failed === 0 ? "ok  " : "FAIL";
  console.log(`${mark} tests (${formatDuration(performance.now() - startedAt)})`);
  for (const need of counts.missing) console.log(`skipped for want of ${need}`);
  const failed = counts.failed + failedSteps;
  if (failed > 0) process.exitCode = 1;
  console.log(summaryLine({ ...counts, failed }));
}

// Vitest hears of Ctrl-C itself and ends in order; then the summary is still written.
passSignalsOn(() => {});
await main(process.argv.slice(2));
