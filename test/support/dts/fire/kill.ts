import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive } from "../../../../tools/ps.ts";

const GONE_MS_MAX = 20_000;

/** SIGKILL for a process and the children that it has; resolves when all are gone. Needs /proc to know the children. */
export async function killTree(pid: number): Promise<void> {
  const children = childrenOf(pid);
  for (const one of [pid, ...children]) {
    try {
      process.kill(one, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
  const deadline = Date.now() + GONE_MS_MAX;
  while ([pid, ...children].some(isProcessAlive)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} did not end`);
    await sleep(5);
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
}

/** `pid (name) state parent ...`; a name may hold anything. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
