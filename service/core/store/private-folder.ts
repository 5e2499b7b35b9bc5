import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** What the service itself keeps in a data folder. */
const OWN =
  /^(store\.sqlite|vault\.key|nonces|service\.(lock|pid))([.-].*)?$|^logs$|^messages$|^\.gitignore$|^lost\+found$/;
const OTHERS_BITS = 0o077;
const IGNORE_TEXT = "# Keys and data of a local service: they stay on this machine.\n";
const OWN_PATTERNS = "store.sqlite*\nvault.key*\nnonces*\nlogs/\nmessages/\nservice.lock*\nservice.pid\n";

/**
 * Makes the folder when missing and keeps it to its owner: mode 0700, its files 0600, nothing of it taken by
 * `git add`. A folder that holds other things too is never changed as a whole. Throws an Error that says why when
 * others could read it and this cannot be mended.
 */
export function ensurePrivate(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const names = readdirSync(path);
  const isOwn = names.every((name) => OWN.test(name));
  if (process.platform !== "win32") restrictFolder(path, isOwn, names);
  const ignore = join(path, ".gitignore");
  if (!existsSync(ignore)) {
    writeFileSync(ignore, `${IGNORE_TEXT}${isOwn ? "*\n" : OWN_PATTERNS}`, { mode: 0o600, flag: "wx" });
  }
  // SQLite makes a file as readable as the umask allows, and its companions with the mode of the first.
  for (const name of ["store.sqlite", "service.lock"]) makeFile(join(path, name));
  for (const name of names) {
    const file = join(path, name);
    if (!OWN.test(name) || !lstatSync(file).isFile()) continue;
    if ((statSync(file).mode & OTHERS_BITS) !== 0) chmodSync(file, 0o600);
  }
}

/** Only a missing file is opened: closing one drops the locks that this process may hold on it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function restrictFolder(path: string, isOwn: boolean, names: readonly string[]): void {
  const mode = statSync(path).mode & 0o777;
  if ((mode & OTHERS_BITS) === 0) return;
  const open = `others can read the folder (mode ${mode.toString(8).padStart(4, "0")})`;
  if (!isOwn) {
    const foreign = names.filter((name) => !OWN.test(name)).slice(0, 3);
    throw new Error(
      `${open} and it holds other things too (${foreign.join(", ")}); name a folder of its own, such as ${join(path, "change-tracking")}, or close this one with chmod 700`,
    );
  }
  try {
    chmodSync(path, 0o700);
  } catch (error) {
    throw new Error(
      `${open} and its mode cannot be changed (${(error as Error).message}); name a folder inside it, such as ${join(path, "change-tracking")}`,
    );
  }
}
