import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** The folder of the Node.js that runs this process; put first on a child's PATH, every child uses the same one. */
export const nodeBinDir = dirname(process.execPath);

/**
 * Where things live that are slow to make and the same for every clone: `$XDG_CACHE_HOME/change-tracking`, else
 * `~/.cache/change-tracking`, else `.cache/` in the clone when the home folder cannot be written to.
 */
export function userCacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(base, "change-tracking");
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const local = join(root, ".cache");
    mkdirSync(local, { recursive: true });
    return local;
  }
}

/** The first executable file of this name on a PATH, or undefined. */
export function findOnPath(name: string, path = process.env.PATH ?? ""): string | undefined {
  for (const folder of path.split(delimiter)) {
    if (folder === "") continue;
    const candidate = join(folder, name);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
