import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isProcessAlive } from "../ps.ts";

/**
 * Removes the locks that killed commands have left in a file backend, and returns how many; those of commands that
 * still run, or run elsewhere, stay. Nobody could remove them by hand: the quickstart's backend is its own.
 */
export function removeDeadLocks(state: string): number {
  const folder = join(state, ".pulumi", "locks");
  if (!existsSync(folder)) return 0;
  const dead = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name))
    .filter(isDead);
  for (const file of dead) rmSync(file, { force: true });
  return dead.length;
}

function isDead(file: string): boolean {
  try {
    const lock = JSON.parse(readFileSync(file, "utf8")) as { pid?: unknown; hostname?: unknown };
    return lock.hostname === hostname() && typeof lock.pid === "number" && !isProcessAlive(lock.pid);
  } catch {
    return false;
  }
}
