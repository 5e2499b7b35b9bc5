import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Everything that the quickstart writes lives here, but for a database that its user could not reach here. */
export const home = process.env.QUICKSTART_HOME ?? join(root, ".data", "quickstart");
export const backingFile = join(home, "backing.json");
export const backingLog = join(home, "backing.log");
export const databaseDir = join(home, "postgres");
/** To be sourced by a shell. */
export const environmentFile = join(home, "environment.sh");
export const STACK_NAME = "quickstart";
export const PROJECT_NAME = "change-tracking-quickstart";

/** What runs behind the quickstart: the source database and the local service. */
export interface Backing {
  readonly pid: number;
  readonly endpoint: string;
  readonly database: { host: string; port: number; user: string; password: string; name: string };
}

/**
 * Makes the folder. It and the one above it may be passed, not read, by others: run by root, the database belongs to
 * another user. The Pulumi CLI makes them too, and closed, when it is called with the printed environment.
 */
export function makeHome(): void {
  mkdirSync(home, { recursive: true });
  for (const folder of [home, ...(existsSync(join(root, ".data")) ? [join(root, ".data")] : [])]) {
    chmodSync(folder, 0o711);
  }
}
