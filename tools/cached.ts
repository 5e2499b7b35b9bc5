import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withFileLock } from "./lock.ts";
import { userCacheFolder } from "./paths.ts";

const WAIT_MS_MAX = 10 * 60_000;

/** A folder of the user's cache that is made once, whole or not at all, also when several runs want it. */
export async function cached(
  name: string,
  make: (work: string) => Promise<void>,
  onWait?: () => void,
): Promise<string> {
  const folder = join(userCacheFolder(), name);
  if (existsSync(folder)) return folder;
  await withFileLock(`${folder}.lock`, { waitMsMax: WAIT_MS_MAX, onWait }, async () => {
    if (existsSync(folder)) return;
    const work = `${folder}.tmp-${process.pid}`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    try {
      await make(work);
      renameSync(work, folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return folder;
}
