import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ensurePrivate } from "./private-folder.ts";
import { isDiskFull } from "./sqlite-store.ts";

/** A folder that this process alone uses until `release`. */
export interface DataFolder {
  readonly path: string;
  readonly storePath: string;
  readonly vaultKeyPath: string;
  readonly noncePath: string;
  release(): void;
}

/**
 * Takes the folder for this process, making it when missing, and keeps it to its owner. The lock is the operating system's
 * on `service.lock`, so a killed process leaves none behind; `service.pid` only names the holder.
 * Throws when another process has the folder, it cannot be written, or others could read it.
 */
export function takeDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const pidPath = join(path, "service.pid");
  try {
    ensurePrivate(path);
  } catch (error) {
    throw folderError(path, error);
  }
  const lock = lockFile(join(path, "service.lock"), path, pidPath);
  try {
    writeFileSync(pidPath, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock.close();
    throw folderError(path, error);
  }
  let held = true;
  return {
    path,
    storePath: storePathOf(path),
    vaultKeyPath: join(path, "vault.key"),
    noncePath: join(path, "nonces.bin"),
    release() {
      if (!held) return;
      held = false;
      rmSync(pidPath, { force: true });
      lock.close();
    },
  };
}

/** Where a data folder keeps its store. */
export function storePathOf(folder: string): string {
  return join(resolve(folder), "store.sqlite");
}

function lockFile(lockPath: string, folder: string, pidPath: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(lockPath, { timeout: 0 });
    // An open exclusive transaction on an empty database holds the file lock and writes nothing.
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;");
    return lock;
  } catch (error) {
    lock?.close();
    if (!/locked|busy/i.test((error as Error).message)) {
      throw folderError(folder, error);
    }
    throw new Error(
      `the data folder ${folder} is in use by another service${holder(pidPath)}; stop it, or choose another folder with --data`,
    );
  }
}

function folderError(path: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const isFull = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG" || isDiskFull(error);
  const advice = isFull
    ? "make room on its disk, or choose another with --data"
    : "or choose another with --data";
  return new Error(`cannot use the data folder ${path}: ${message}; ${advice}`, { cause: error });
}

function holder(pidPath: string): string {
  try {
    const pid = readFileSync(pidPath, "utf8").trim();
    return /^\d+$/.test(pid) ? ` (process ${pid})` : "";
  } catch {
    return "";
  }
}
