import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { mustRun, runCommand } from "../../tools/ps.ts";

/** A small file system of its own, which can really be full. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes up what is left but about so many bytes. */
  fill(leaveBytes?: number): void;
  /** Gives it all back. */
  clear(): void;
  unmount(): Promise<void>;
}

/** Undefined where this process may not mount anything. */
export async function mountSmallDisk(folder: string, bytes: number): Promise<SmallDisk | undefined> {
  mkdirSync(folder, { recursive: true });
  const mounted = await runCommand("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder]).catch(
    () => undefined,
  );
  if (mounted?.code !== 0) return undefined;
  const filler = join(folder, "filler");
  return {
    folder,
    fill(leaveBytes = 0) {
      const { bavail, bsize } = statfsSync(folder);
      const file = openSync(filler, "a");
      try {
        for (let left = bavail * bsize - leaveBytes; left > 0; left -= bsize) {
          writeSync(file, Buffer.alloc(Math.min(bsize, left), 1));
        }
        fsyncSync(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    clear: () => rmSync(filler, { force: true }),
    async unmount() {
      // Lazy: whatever still has a file open there does not keep it.
      await mustRun("umount", ["-l", folder]);
    },
  };
}

/** Bounds how large files of a running process may get, as `ulimit -f` does; undefined lifts the bound. */
export async function limitFileSize(pid: number, bytes: number | undefined): Promise<void> {
  await mustRun("prlimit", [`--pid=${pid}`, `--fsize=${bytes ?? "unlimited"}:`]);
}
