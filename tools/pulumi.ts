import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { withFileLock } from "./lock.ts";
import { nodeBinDir, root, userCacheFolder } from "./paths.ts";
import { passSignalsOn } from "./ps.ts";
import { buildPulumi, findGo } from "./pulumi/build.ts";
import { downloadPulumi } from "./pulumi/download.ts";
import { askVersion, findPulumiOnPath } from "./pulumi/on-path.ts";
import { CLI_VERSION_BUILT, CLI_VERSION_MIN, isVersionAtLeast } from "./pulumi/versions.ts";

export interface PulumiSetup {
  /** The folder that holds `pulumi`. */
  binDir: string;
  /** What to put in front of a child's PATH: this Node.js, then the CLI. No separator at its end. */
  pathPrefix: string;
  /** As `pulumi version` says it, for example `v3.259.0`. */
  version: string;
  /** `path`: the user's own; `download`: the official release; `build`: built from Go modules. */
  how: "path" | "download" | "build";
}

interface Stamp {
  version: string;
  how: "download" | "build";
}

const LOCK_WAIT_MS_MAX = 45 * 60_000;

/**
 * A Pulumi CLI with its Node language host that works on this machine: the one on the PATH when it is good, else the
 * official release, else one built from pinned Go modules. What was fetched or built is kept in the user's cache and
 * is found again in milliseconds. Safe when two runs start at once. Throws when none of the three ways is open.
 */
export async function ensurePulumi(): Promise<PulumiSetup> {
  const found = await findPulumiOnPath();
  if (found) return describe(found.binDir, { version: found.version, how: "path" });

  const folder = join(userCacheFolder(), `pulumi-${CLI_VERSION_BUILT}-${pinsHash()}`);
  const kept = readStamp(folder);
  if (kept) return describe(join(folder, "bin"), kept);

  const onWait = () => process.stderr.write("another run is setting up the Pulumi CLI, waiting for it\n");
  return withFileLock(`${folder}.lock`, { waitMsMax: LOCK_WAIT_MS_MAX, onWait }, async () => {
    const stamp = readStamp(folder) ?? (await install(folder));
    return describe(join(folder, "bin"), stamp);
  });
}

/** The environment for the CLI: this Node.js, the CLI, a file backend and a passphrase, nothing interactive. */
export function pulumiEnv(options: {
  setup: PulumiSetup;
  /** An existing folder that keeps the stacks' states. */
  backendDir: string;
  passphrase: string;
  /** Where the CLI keeps its own files. Default: `.pulumi-home` inside `backendDir`. */
  homeDir?: string;
  /** The environment to start from. Default: this process's own. */
  base?: NodeJS.ProcessEnv;
}): NodeJS.ProcessEnv {
  const base = options.base ?? process.env;
  return {
    ...base,
    PATH: [options.setup.pathPrefix, base.PATH ?? ""].join(delimiter),
    PULUMI_BACKEND_URL: `file://${options.backendDir}`,
    PULUMI_CONFIG_PASSPHRASE: options.passphrase,
    PULUMI_HOME: options.homeDir ?? join(options.backendDir, ".pulumi-home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

async function install(folder: string): Promise<Stamp> {
  // Under the lock, so whatever is there was left by a run that was killed.
  const leftover = `${basename(folder)}.tmp-`;
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(leftover)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
  const work = `${folder}.tmp-${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const stamp = await fill(work);
    writeFileSync(join(work, "stamp.json"), JSON.stringify(stamp));
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
    return stamp;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fill(work: string): Promise<Stamp> {
  const refused = await downloadPulumi(work);
  const downloaded = refused === undefined ? await askVersion(join(work, "bin/pulumi")) : undefined;
  if (downloaded && isVersionAtLeast(downloaded, CLI_VERSION_MIN)) {
    return { version: downloaded, how: "download" };
  }
  const go = findGo();
  if (!go) {
    throw new Error(
      `no Pulumi CLI: none of version ${CLI_VERSION_MIN} or newer is on the PATH, the official download is out of ` +
        `reach (${refused ?? "it does not run here"}), and there is no Go to build it with. Install the CLI ` +
        "(https://www.pulumi.com/docs/install/) or Go 1.25 or newer (https://go.dev/dl/), then run this again",
    );
  }
  process.stderr.write(
    `the official Pulumi download is out of reach (${refused ?? "it does not run here"}): building it from its Go ` +
      "modules, which happens once on this machine and takes about three to ten minutes\n",
  );
  rmSync(work, { recursive: true, force: true });
  await buildPulumi(go, work);
  const version = await askVersion(join(work, "bin/pulumi"));
  if (!version) throw new Error(`the Pulumi CLI that was built in ${work} does not run on this machine`);
  return { version, how: "build" };
}

function describe(binDir: string, stamp: { version: string; how: PulumiSetup["how"] }): PulumiSetup {
  const pathPrefix = [nodeBinDir, binDir].join(delimiter);
  return { binDir, pathPrefix, version: stamp.version, how: stamp.how };
}

function readStamp(folder: string): Stamp | undefined {
  const path = join(folder, "stamp.json");
  if (!existsSync(path) || !existsSync(join(folder, "bin/pulumi"))) return undefined;
  return JSON.parse(readFileSync(path, "utf8")) as Stamp;
}

/** Changes whenever a pin changes, so that clones with other pins live side by side in one cache. */
function pinsHash(): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const name of ["cli/go.mod", "cli/go.sum", "language-nodejs/go.mod", "language-nodejs/go.sum"]) {
    hash.update(readFileSync(join(root, "tools/pulumi-cli", name)));
  }
  return hash.digest("hex").slice(0, 12);
}

if (import.meta.main) {
  passSignalsOn();
  try {
    const setup = await ensurePulumi();
    process.stdout.write(`pulumi ${setup.version} in ${setup.binDir} (${setup.how})\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
