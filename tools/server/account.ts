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
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** The ordinary user that a database server runs as when this process is root. */
export interface Account {
  uid: number;
  gid: number;
}

/** Undefined when this process is an ordinary user already; else the first of these users that exists, or `nobody`. */
export function unprivilegedAccount(...preferred: readonly string[]): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of [...preferred, "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    `a database server does not run as root, and this machine has no user ${[...preferred, "nobody"].join(" or ")}; ` +
      "run this as an ordinary user, or add one",
  );
}

/**
 * The folder where the data really lives: the wanted one, unless the account cannot pass one of the folders above
 * it (a clone under /root or under a private temporary folder); then a folder of its own under the system's
 * temporary folder, the same one every time.
 */
export function reachableDataDir(wanted: string, kind: string, account: Account | undefined): string {
  const path = resolve(wanted);
  if (!account || canPass(dirname(path), account)) return path;
  const aside = dataDirAside(wanted, kind);
  const owner = statSync(aside, { throwIfNoEntry: false })?.uid;
  if (owner !== undefined && owner !== account.uid) {
    throw new Error(`${aside} belongs to another user; remove it and try again`);
  }
  return aside;
}

/** Where the data of a folder goes that the account cannot reach. */
export function dataDirAside(wanted: string, kind: string): string {
  const hash = createHash("sha256").update(resolve(wanted)).digest("hex").slice(0, 16);
  return join(tmpdir(), `change-tracking-${kind}-data-${hash}`);
}

/** The folder itself, or a whole copy of it under the system's temporary folder that the account can enter. */
export function reachableCopy(folder: string, name: string, account: Account | undefined): string {
  if (!account || canPass(folder, account)) return folder;
  const copy = join(tmpdir(), `change-tracking-${name}`);
  const owner = statSync(copy, { throwIfNoEntry: false })?.uid;
  if (owner === undefined) copyWhole(folder, copy);
  else if (owner !== process.getuid?.())
    throw new Error(`${copy} belongs to another user; remove it and try again`);
  return copy;
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
