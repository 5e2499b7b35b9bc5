import { randomInt } from "node:crypto";
import { freePort } from "../../tools/server/port.ts";

const PORTS = { from: 20_000, below: 30_000 };
const PORT_TRIES_MAX = 100;

/**
 * A free port of 127.0.0.1 that no outgoing connection is given: one at which nobody listens, nor will where tests run beside
 * each other, and that a server can have again after it was killed, while its clients try to connect.
 */
export async function lowPort(): Promise<number> {
  for (let tries = 0; tries < PORT_TRIES_MAX; tries += 1) {
    const port = randomInt(PORTS.from, PORTS.below);
    if ((await freePort(port)) === port) return port;
  }
  throw new Error(`no free port from ${PORTS.from} on`);
}
