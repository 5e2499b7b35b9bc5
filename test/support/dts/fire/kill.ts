import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive } from "../../../../tools/ps.ts";
import { descendantsOf } from "../../fire.ts";

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
