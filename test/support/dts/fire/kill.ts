import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive } from "../../../../tools/ps.ts";
import { descendantsOf } from "../../fire.ts";

const GONE_MS_MAX = 20_000;

/** SIGKILL for a process and those that it has started; resolves when all are gone. */
export async function killTree(pid: number): Promise<void> {
  if (pid < 2) throw new Error(`${pid} is no server's process id`);
  const family = [pid, ...descendantsOf([pid])];
  for (const one of family) {
    try {
      process.kill(one, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
  const deadline = Date.now() + GONE_MS_MAX;
  while (family.some(isProcessAlive)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} did not end`);
    await sleep(5);
  }
}
