import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mustRun } from "../../tools/ps.ts";
import type { Need } from "./needs.ts";

/** A small file system of its own, which can really be full. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes up what is left but about so many bytes. */
  fill(leaveBytes?: number): void;
  /** Gives it all back. */
  clear(): void;
  unmount(): Promise<void>;
}

/** Whether this process may mount one; tried, because a container's root may not. */
export async function smallDiskNeed(): Promise<Need> {
  const name = "the right to mount a file system (root)";
  const folder = mkdtempSync(join(tmpdir(), "small-disk-"));
  try {
    const disk = await mountSmallDisk(folder, 65_536);
    await disk.unmount();
    return { name, available: true, offeredByRegistries: false };
  } catch {
    return { name, available: false, offeredByRegistries: false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function mountSmallDisk(folder: string, bytes: number): Promise<SmallDisk> {
  mkdirSync(folder, { recursive: true });
  await mustRun("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder]);
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
