import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A folder that this process alone uses until `release`. */
export interface DataFolder {
  readonly path: string;
  readonly storePath: string;
  readonly vaultKeyPath: string;
  readonly noncePath: string;
  release(): void;
}

/**
 * Takes the folder for this process, making it (mode 0700) when missing. The lock is the operating system's
 * on `service.lock`, so a killed process leaves none behind; `service.pid` only names the holder.
 * Throws when another process has the folder or it cannot be written.
 */
export function takeDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(
      `cannot make the data folder ${path}: ${(error as Error).message}; choose another with --data`,
    );
  }
  const pidPath = join(path, "service.pid");
  const lock = lockFile(join(path, "service.lock"), path, pidPath);
  writeFileSync(pidPath, `${process.pid}\n`);
  let held = true;
  return {
    path,
    storePath: join(path, "store.sqlite"),
    vaultKeyPath: join(path, "vault.key"),
    noncePath: join(path, "nonces"),
    release() {
      if (!held) return;
      held = false;
      rmSync(pidPath, { force: true });
      lock.close();
    },
  };
}

function lockFile(lockPath: string, folder: string, pidPath: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(lockPath, { timeout: 0 });
    // An open exclusive transaction on an empty database holds the file lock and writes nothing.
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;");
    chmodSync(lockPath, 0o600);
    return lock;
  } catch (error) {
    lock?.close();
    if (!/locked|busy/i.test((error as Error).message)) {
      throw new Error(
        `cannot use the data folder ${folder}: ${(error as Error).message}; choose another with --data`,
      );
    }
    throw new Error(
      `the data folder ${folder} is in use by another service${holder(pidPath)}; stop it, or choose another folder with --data`,
    );
  }
}

function holder(pidPath: string): string {
  try {
    const pid = readFileSync(pidPath, "utf8").trim();
    return /^\d+$/.test(pid) ? ` (process ${pid})` : "";
  } catch {
    return "";
  }
}
