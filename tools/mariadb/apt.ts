import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findOnPath } from "../paths.ts";
import { startProgress } from "../progress.ts";
import { type CommandOptions, mustRun, runCommand } from "../ps.ts";

/** The server's package under its names from the newest release to the oldest; the client's is named alike. */
const RELEASES = ["", "-10.6", "-10.5", "-10.3"];
const APT_MS_MAX = 180_000;
const PROGRAMS = ["apt-get", "dpkg"];

/** Whether this machine has what it takes, network aside. */
export function canUseApt(): boolean {
  return process.platform === "linux" && PROGRAMS.every((name) => findOnPath(name) !== undefined);
}

/**
 * Fetches MariaDB from the package archive that this machine is set up with and unpacks it into `folder`, together
 * with the libraries that are not installed. Installs nothing and needs no root. Throws when the archive cannot be
 * reached or has no MariaDB.
 */
export async function unpackMariadb(folder: string): Promise<void> {
  const progress = startProgress("fetching MariaDB from the package archive (once)");
  try {
    const debs = join(folder, "debs");
    mkdirSync(debs, { recursive: true });
    await download(debs, join(folder, "apt"), () => progress.update("package lists"));
    for (const name of readdirSync(debs)) {
      if (name.endsWith(".deb")) await mustRun("dpkg", ["-x", join(debs, name), folder]);
    }
    for (const name of ["debs", "apt", "usr/share/doc", "usr/share/man"]) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
    progress.done("done");
  } catch (error) {
    progress.done("failed");
    throw error;
  }
}

/** With the lists that are there; when they are missing or out of date, with fresh ones of our own. */
async function download(debs: string, aptDir: string, onLists: () => void): Promise<void> {
  const cache = join(aptDir, "cache");
  const lists = join(aptDir, "lists");
  mkdirSync(join(cache, "archives/partial"), { recursive: true });
  mkdirSync(join(lists, "partial"), { recursive: true });
  const common = ["-o", `Dir::Cache=${cache}`, "-o", "APT::Sandbox::User=", "-o", "Debug::NoLocking=1"];
  const options: CommandOptions = { cwd: debs, timeoutMs: APT_MS_MAX, env: aptEnv() };
  try {
    await fetchAll(common, options);
  } catch {
    onLists();
    const own = [...common, "-o", `Dir::State::lists=${lists}`];
    // One repository of many that does not answer is no reason to stop.
    await runCommand("apt-get", [...own, "update"], options);
    await fetchAll(own, options);
  }
}

async function fetchAll(aptOptions: readonly string[], options: CommandOptions): Promise<void> {
  const wanted = await resolvePackages(aptOptions, options);
  await mustRun("apt-get", [...aptOptions, "download", ...wanted], options);
}

/** The packages and those that they need and that are not installed, as an installation would choose them. */
async function resolvePackages(aptOptions: readonly string[], options: CommandOptions): Promise<string[]> {
  let reason = "";
  for (const release of RELEASES) {
    const names = [`mariadb-server-core${release}`, `mariadb-client-core${release}`];
    const simulate = ["--simulate", "--no-install-recommends", "--reinstall", "install", ...names];
    const result = await runCommand("apt-get", [...aptOptions, ...simulate], options);
    if (result.code === 0) return packagesOf(result.stdout);
    reason ||= result.stderr.trim().slice(-500);
  }
  throw new Error(`the package archive offers no MariaDB for this machine: ${reason}`);
}

/** `Inst libaio1 (0.3.113-4 Debian:12 [amd64])`; a version in square brackets after the name is an upgrade. */
export function packagesOf(simulation: string): string[] {
  const found = [...simulation.matchAll(/^Inst (\S+)( \[)?/gm)];
  return found.flatMap(([, name = "", upgrade]) => (upgrade && !name.startsWith("mariadb-") ? [] : [name]));
}

function aptEnv(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
}

/** The folders of shared libraries below `folder`, for LD_LIBRARY_PATH. */
export function libraryFolders(folder: string): string[] {
  return ["usr/lib", "lib"].flatMap((base) => {
    const path = join(folder, base);
    if (!existsSync(path)) return [];
    const triplets = readdirSync(path).filter((name) => name.includes("-linux-"));
    return triplets.map((name) => join(path, name));
  });
}
