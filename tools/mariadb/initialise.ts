import { chownSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "../ps.ts";
import type { Account } from "../server/account.ts";
import { serverEnv } from "../server/launch.ts";

/** The programs of one installation of MariaDB or MySQL. */
export interface MariadbPrograms {
  /** The server program. */
  server: string;
  /** `mariadb-install-db`, or undefined for a server that initialises itself. */
  installer: string | undefined;
  /** What to give the programs as `--basedir`; undefined for those that know it. */
  baseDir: string | undefined;
  /** Further variables that the programs need. */
  env: Readonly<Record<string, string>>;
}

const INITIALISE_MS_MAX = 120_000;
/** Small, so that a start is quick and several servers fit on a laptop. */
export const SMALL = ["--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M"];

/** The flags every program of this installation needs. */
export function commonFlags(programs: MariadbPrograms, dataDir: string): string[] {
  const base = programs.baseDir === undefined ? [] : [`--basedir=${programs.baseDir}`];
  return ["--no-defaults", ...base, `--datadir=${dataDir}`];
}

/** Makes empty data in a folder that exists and is empty. */
export async function makeData(
  programs: MariadbPrograms,
  dataDir: string,
  account: Account | undefined,
): Promise<void> {
  const [program, more] = programs.installer
    ? [programs.installer, ["--skip-test-db", "--auth-root-authentication-method=normal", "--skip-log-bin"]]
    : [programs.server, ["--initialize-insecure"]];
  const isRoot = process.getuid?.() === 0 && account === undefined;
  await mustRun(
    program,
    [...commonFlags(programs, dataDir), ...more, ...SMALL, ...(isRoot ? ["--user=root"] : [])],
    {
      cwd: "/",
      env: { ...serverEnv(), ...programs.env },
      timeoutMs: INITIALISE_MS_MAX,
      ...account,
    },
  );
}

/** Puts empty data at `dataDir` that belongs to the account: a copy of the template where there is one. */
export async function initialise(
  programs: MariadbPrograms,
  template: string | undefined,
  dataDir: string,
  account: Account | undefined,
): Promise<void> {
  // Made aside and renamed when whole: an interrupted start leaves nothing half made behind.
  const work = `${dataDir}.init-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  try {
    if (template !== undefined) cpSync(template, work, { recursive: true });
    if (account) handOver(work, account);
    if (template === undefined) await makeData(programs, work, account);
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(work, dataDir);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function handOver(folder: string, account: Account): void {
  chownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    chownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}
