import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../host/settings.ts";

/*
 * Small JSON files by which a run tells a later one something, one for each key. Whoever cannot write or read them goes
 * on without. Other runs write into the same folder at the same time.
 */

const FILES_MAX = 10_000;

/** Where notes are kept, beside what the Pulumi CLI keeps itself. */
export function changeTrackingHome(environment: Environment): string {
  return join(environment.PULUMI_HOME || join(homedir(), ".pulumi"), "change-tracking");
}

/** The file of a key, which may be as long and as odd as it likes. */
export function notePath(folder: string, key: string): string {
  return join(folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
}

export function writeNote(folder: string, path: string, note: object): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Renamed into place: who is killed while writing leaves the old text or the new one.
  writeFileSync(`${path}.new`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** A third of the time that `rmSync` takes. */
export function removeNote(path: string): void {
  if (existsSync(path)) unlinkSync(path);
}

/** Undefined where there is none that can be read. */
export function readNote(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // Most often there is none, and an error takes longer to make than the question.
    if (!existsSync(path)) return undefined;
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** The files of a folder that are young enough; the others are deleted, what a killed run has left half written too. */
export function youngNotes(folder: string, ageMsMax: number, nowMs: number): string[] {
  const names = readdirSync(folder).slice(0, FILES_MAX);
  const paths = names
    .map((name) => join(folder, name))
    .filter((path) => !removedAsOld(path, ageMsMax, nowMs));
  return paths.filter((path) => path.endsWith(".json"));
}

function removedAsOld(path: string, ageMsMax: number, nowMs: number): boolean {
  const modifiedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  // Another run may have removed or renamed it since it was listed.
  if (modifiedMs === undefined) return true;
  if (nowMs - modifiedMs <= ageMsMax) return false;
  rmSync(path, { force: true });
  return true;
}

export function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Only the note is lost.
  }
}
