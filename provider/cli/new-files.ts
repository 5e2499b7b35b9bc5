import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pathFrom } from "../definitions/files.ts";
import type { Files } from "./first-folder.ts";

/** A link that leads nowhere is there, too; what cannot be looked at is left to the writing. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Writes texts to a folder, which is made where it is missing: all of them or none. Throws with the names of what is there
 * already, as they are seen from `cwd`.
 */
export function writeNewFiles(folder: string, files: Files, cwd: string): void {
  const paths = Object.keys(files).map((name) => join(folder, name));
  const taken = paths.filter(isThere);
  if (taken.length > 0) throw new Error(takenText(taken.map((path) => pathFrom(cwd, path))));
  const made: string[] = [];
  try {
    for (const [name, text] of Object.entries(files)) writeNew(join(folder, name), text, made);
  } catch (error) {
    for (const path of made.reverse()) takeBack(path);
    throw new Error(`nothing was written: ${(error as Error).message}`);
  }
}

/** Notes in `made` what it makes, folders too. */
function writeNew(path: string, text: string, made: string[]): void {
  makeFolder(dirname(path), made);
  // Not over a file that came since it was looked for; and what came of itself is not noted.
  const file = openSync(path, "wx");
  made.push(path);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

function makeFolder(path: string, made: string[]): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), made);
  mkdirSync(path);
  made.push(path);
}

function takeBack(path: string): void {
  try {
    if (lstatSync(path).isDirectory()) rmdirSync(path);
    else rmSync(path);
  } catch {
    // Somebody else has put something into the folder: it stays.
  }
}

function takenText(labels: readonly string[]): string {
  const [are, them] = labels.length === 1 ? ["is", "it"] : ["are", "them"];
  return `nothing was written: ${labels.join(", ")} ${are} there already; move ${them} away, or name another folder`;
}
