import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a finished build was made of: it is up to date as long as every file is as it was. */
interface Stamp {
  /** The options and the tool's version. */
  key: string;
  /** Path to time and size, inputs and outputs alike. */
  files: Record<string, string>;
}

/** Whether a build with this key was made before and none of its inputs or outputs has changed since. */
export function isFresh(root: string, stampFile: string, key: string): boolean {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, "utf8")) as Stamp;
    if (stamp.key !== key) return false;
    return Object.entries(stamp.files).every(([path, mark]) => markOf(join(root, path)) === mark);
  } catch {
    return false;
  }
}

export function writeStamp(root: string, stampFile: string, key: string, paths: readonly string[]): void {
  const files = Object.fromEntries(paths.map((path) => [path, markOf(join(root, path))]));
  writeWhole(stampFile, JSON.stringify({ key, files }));
}

/** Written aside and renamed: whoever reads meanwhile sees the old file or the new one, never a part. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, path);
}

function markOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size}` : "absent";
}
