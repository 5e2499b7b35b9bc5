import { readFileSync } from "node:fs";

/** Clock ticks a second in /proc, on every Linux that Node.js runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds (user and system) that a running process has used; undefined where there is no /proc. */
export function processorSeconds(pid: number): number | undefined {
  return ticks(`/proc/${pid}/stat`, [11, 12]);
}

/** Processor seconds of all processes that this one has started and that have ended, their own children included. */
export function endedChildrenSeconds(): number | undefined {
  return ticks("/proc/self/stat", [13, 14]);
}

/** `fields` count from the process state, the first field behind the name in brackets. */
function ticks(path: string, fields: readonly number[]): number | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const values = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields.reduce((sum, field) => sum + Number(values[field]), 0) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
