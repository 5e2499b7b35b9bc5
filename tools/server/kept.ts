import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** The file beside a data folder that holds the password which opens it: the two live and go together. */
function passwordFileOf(dataDir: string): string {
  return `${dataDir}.password`;
}

/** The password that opens the data, or undefined when there is none: then the data is of no use to anybody. */
export function readKeptPassword(dataDir: string): string | undefined {
  const file = passwordFileOf(dataDir);
  const owner = statSync(file, { throwIfNoEntry: false })?.uid;
  if (owner === undefined) return undefined;
  if (owner !== (process.getuid?.() ?? owner)) {
    throw new Error(`${file} belongs to another user; remove it and try again`);
  }
  return readFileSync(file, "utf8").trim() || undefined;
}

/** A new password for data that is about to be made. */
export function makeKeptPassword(dataDir: string): string {
  const file = passwordFileOf(dataDir);
  const made = `Pg1${randomBytes(12).toString("hex")}`;
  // Removed and made anew, never opened: in a folder that is open to all the name may be somebody's link.
  rmSync(file, { force: true });
  writeFileSync(file, made, { mode: 0o600, flag: "wx" });
  return made;
}

/** The data first: a password without data is harmless, data without its password cannot be opened. */
export function removeKept(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(passwordFileOf(dataDir), { force: true });
}
