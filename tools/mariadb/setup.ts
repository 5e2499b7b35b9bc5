import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { cached } from "../cached.ts";
import { findOnPath, isExecutable } from "../paths.ts";
import { runCommand } from "../ps.ts";
import { reachableCopy, unprivilegedAccount } from "../server/account.ts";
import { canUseApt, libraryFolders, unpackMariadb } from "./apt.ts";
import { type MariadbPrograms, makeData } from "./initialise.ts";

/** A server that runs on this machine. */
export interface MariadbSetup extends MariadbPrograms {
  /** `path`: the user's own; `packages`: unpacked from the package archive into the user's cache. */
  how: "path" | "packages";
  /** As the server says it. */
  version: string;
  /** A folder of empty data to copy; without it data has to be made, which takes seconds. */
  template: string | undefined;
}

const SERVERS = ["mariadbd", "mysqld"];
const INSTALLERS = ["mariadb-install-db", "mysql_install_db"];
/** Where packages put servers; often not on the PATH of an ordinary user. */
const SERVER_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/opt/homebrew/bin"];

/**
 * The machine's own MariaDB, else one from its package archive, which is kept in the user's cache and found again in
 * milliseconds. Safe when two runs start at once. Throws when neither way is open.
 */
export async function ensureMariadb(): Promise<MariadbSetup> {
  const found = await findMariadbOnPath();
  if (found) return found;
  if (!canUseApt()) {
    throw new Error(
      "no MariaDB: none is on the PATH, and this machine has no apt-get and dpkg to fetch one with; " +
        "install MariaDB 10.5 or newer, then run this again",
    );
  }
  const onWait = () => process.stderr.write("another run is fetching MariaDB, waiting for it\n");
  const folder = await cached(`mariadb-${systemHash()}`, install, onWait);
  const { version } = JSON.parse(readFileSync(join(folder, "stamp.json"), "utf8")) as { version: string };
  const programs = reachableCopy(join(folder, "programs"), basename(folder), unprivilegedAccount("mysql"));
  return { how: "packages", version, template: join(folder, "data"), ...programsIn(programs) };
}

/** The one on the PATH, without looking any further. */
async function findMariadbOnPath(path = process.env.PATH ?? ""): Promise<MariadbSetup | undefined> {
  const server = find(SERVERS, path);
  if (server === undefined) return undefined;
  const version = await askVersion(server, {});
  if (version === undefined) return undefined;
  const installer = /mariadb/i.test(version) ? find(INSTALLERS, path) : undefined;
  if (/mariadb/i.test(version) && installer === undefined) return undefined;
  return { how: "path", server, installer, baseDir: undefined, env: {}, version, template: undefined };
}

function find(names: readonly string[], path: string): string | undefined {
  for (const name of names) {
    const found = findOnPath(name, path) ?? SERVER_FOLDERS.map((at) => join(at, name)).find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

async function install(folder: string): Promise<void> {
  await unpackMariadb(join(folder, "programs"));
  const programs = programsIn(join(folder, "programs"));
  const version = await askVersion(programs.server, programs.env);
  if (!version) throw new Error("the MariaDB from the package archive does not run on this machine");
  mkdirSync(join(folder, "data"));
  await makeData(programs, join(folder, "data"), undefined);
  writeFileSync(join(folder, "stamp.json"), JSON.stringify({ version }));
}

function programsIn(folder: string): MariadbPrograms {
  return {
    server: join(folder, "usr/sbin/mariadbd"),
    installer: INSTALLERS.map((name) => join(folder, "usr/bin", name)).find(isExecutable),
    baseDir: join(folder, "usr"),
    env: { LD_LIBRARY_PATH: libraryFolders(folder).join(":") },
  };
}

async function askVersion(
  server: string,
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    const options = { env: { ...process.env, ...env }, timeoutMs: 10_000 };
    const { code, stdout } = await runCommand(server, ["--no-defaults", "--version"], options);
    return code === 0 ? stdout.trim() : undefined;
  } catch {
    return undefined;
  }
}

/** Homes are shared between machines of different releases; their libraries are not. */
function systemHash(): string {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  const id = release.match(/^(ID|VERSION_ID)=.*$/gm)?.join() ?? "";
  return createHash("sha256").update(`2 ${process.arch} ${id}`).digest("hex").slice(0, 12);
}
