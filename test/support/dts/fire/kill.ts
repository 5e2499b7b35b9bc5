import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive } from "../../../../tools/ps.ts";

const GONE_MS_MAX = 20_000;

const PORTS = { from: 20_000, count: 10_000 };
const PORT_TRIES_MAX = 100;

/**
 * A free port of 127.0.0.1 that no outgoing connection is given: one that a server can have again after it was killed,
 * while its clients try to connect.
 */
export async function lowPort(): Promise<number> {
  for (let tries = 0; tries < PORT_TRIES_MAX; tries += 1) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${PORTS.from} on`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** SIGKILL for a process and the children that it has; resolves when all are gone. Needs /proc to know the children. */
export async function killTree(pid: number): Promise<void> {
  if (pid < 2) throw new Error(`${pid} is no server's process id`);
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
