import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { isFresh, writeStamp, writeWhole } from "./build/stamp.ts";
import { type Command, type Target, targets } from "./build/targets.ts";
import { buildTypes } from "./build/types.ts";
import { root as projectRoot } from "./paths.ts";
import { formatDuration } from "./progress.ts";

interface BuildOptions {
  /** The folder that the targets' paths start from. Default: this repository. */
  root?: string;
  /** The bundles to look at. Default: all. */
  only?: Target["name"][];
  /** Build even what is up to date. Default false. */
  force?: boolean;
  /** Also write the declarations; some seconds, so only where a program is type-checked against them. Default false. */
  types?: boolean;
}

interface BuildReport {
  built: string[];
  fresh: string[];
}

/**
 * Bundles the provider and the service. What has not changed since the last build is left alone. A bundle that
 * fails does not keep the others from being built; the error at the end names them all.
 */
export async function build(options: BuildOptions = {}): Promise<BuildReport> {
  const root = options.root ?? projectRoot;
  const report: BuildReport = { built: [], fresh: [] };
  const problems: string[] = [];
  for (const target of targets) {
    if (options.only && !options.only.includes(target.name)) continue;
    const stampFile = join(root, ".cache/build", `${target.name}.json`);
    const key = JSON.stringify([versionOf("esbuild"), target]);
    if (!options.force && isFresh(root, stampFile, key)) {
      report.fresh.push(target.name);
      continue;
    }
    try {
      writeStamp(root, stampFile, key, await bundle(root, target));
      report.built.push(target.name);
    } catch (error) {
      problems.push(`${target.name}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  if (options.types) await freshTypes(root, options.force === true, report);
  return report;
}

/** The declarations follow every source of the packages and the contract. */
async function freshTypes(root: string, force: boolean, report: BuildReport): Promise<void> {
  const stampFile = join(root, ".cache/build/types.json");
  const key = JSON.stringify([versionOf("typescript")]);
  if (!force && isFresh(root, stampFile, key)) {
    report.fresh.push("types");
    return;
  }
  writeStamp(root, stampFile, key, await buildTypes(root));
  report.built.push("types");
}

/** Returns every file that went into the bundle or came out of it. */
async function bundle(root: string, target: Target): Promise<string[]> {
  if (!existsSync(join(root, target.entry))) throw new Error(`${target.entry} is missing: nothing to build`);
  // Loaded here, so that a build with nothing to do does not pay for it.
  const { build: esbuild } = await import("esbuild");
  const result = await esbuild({
    absWorkingDir: root,
    entryPoints: [target.entry],
    outfile: target.output,
    bundle: true,
    platform: "node",
    charset: "utf8",
    metafile: true,
    write: false,
    logLevel: "silent",
    ...target.options,
  });
  const { outputFiles = [], metafile } = result;
  for (const file of outputFiles) writeWhole(file.path, file.contents);
  const outputs = outputFiles.map((file) => relative(root, file.path));
  if (target.command) outputs.push(writeCommand(root, target.command, target));
  return [...Object.keys(metafile?.inputs ?? {}), ...outputs];
}

/** What is compiled is kept for the next run: a third of a short command's time. Of the user alone: others could fill a common folder. */
const COMPILE_CACHE = `const { homedir } = require("node:os");
const caches = process.env.XDG_CACHE_HOME || require("node:path").join(homedir(), ".cache");
require("node:module").enableCompileCache?.(process.env.NODE_COMPILE_CACHE || caches + "/change-tracking");
`;

/** Returns the path of the command. */
function writeCommand(root: string, command: Command, { output: bundlePath, options }: Target): string {
  const { name, output, nodeMin } = command;
  const [major, minor = 0] = nodeMin.split(".").map(Number);
  const bundle = `"./${basename(bundlePath)}"`;
  const start =
    options.format === "cjs"
      ? `${COMPILE_CACHE}void require(${bundle}).main();`
      : `const { main } = await import(${bundle});\nawait main();`;
  // 1 would say that a command has found something.
  const text = `#!/usr/bin/env node
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < ${major} || (major === ${major} && minor < ${minor})) {
  console.error("${name} needs Node.js ${nodeMin} or newer, this is " + process.versions.node + ".");
  process.exit(2);
}
${start}
`;
  writeWhole(join(root, output), text, 0o755);
  linkCommand(root, name, output);
  return output;
}

/** npm links a workspace's command only when its file is there, and at install time nothing is built yet. */
function linkCommand(root: string, command: string, output: string): void {
  const folder = join(root, "node_modules/.bin");
  const link = join(folder, command);
  if (!existsSync(folder) || lstatSync(link, { throwIfNoEntry: false })) return;
  symlinkSync(relative(folder, join(root, output)), link);
}

function versionOf(tool: string): string {
  const manifest = join(projectRoot, "node_modules", tool, "package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { types: { type: "boolean" }, force: { type: "boolean" } } });
  const startedAt = performance.now();
  try {
    const { built } = await build(values);
    const what = built.length === 0 ? "everything is up to date" : `built ${built.join(", ")}`;
    process.stdout.write(`${what} (${formatDuration(performance.now() - startedAt)})\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
