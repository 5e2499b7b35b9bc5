import { readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import type { Machine } from "./types.ts";

export function machine(): Machine {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() || "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

/** Resident memory of a process in MB (10^6 bytes), or undefined where there is no /proc. */
export function residentMegabytes(pid: number): number | undefined {
  return statusMegabytes(pid, "VmRSS");
}

/** The most that it was since the process began. */
export function highestResidentMegabytes(pid: number): number | undefined {
  return statusMegabytes(pid, "VmHWM");
}

function statusMegabytes(pid: number, name: string): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
    return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}
