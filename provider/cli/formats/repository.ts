import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { pathFrom } from "../../definitions/files.ts";
import type { Io } from "../command.ts";

/** Folders above that are looked at for the repository's. */
const LEVELS_MAX = 64;

/**
 * What turns a path from the folder of the command into one from the root of the repository, with slashes, which is how
 * whoever shows annotations knows files. Where there is no repository paths stay.
 */
export function fromRepository({ cwd, env }: Io): (path: string) => string {
  const root = rootOf(cwd, env.GITHUB_WORKSPACE);
  if (root === undefined) return (path) => path;
  return (path) => pathFrom(root, resolve(cwd, path));
}

function rootOf(cwd: string, workspace: string | undefined): string | undefined {
  if (
    workspace !== undefined &&
    workspace !== "" &&
    `${cwd}${sep}`.startsWith(`${resolve(workspace)}${sep}`)
  ) {
    return resolve(workspace);
  }
  let folder = cwd;
  for (let level = 0; level < LEVELS_MAX; level += 1) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  return undefined;
}
