import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/**
 * A free port of 127.0.0.1 for the server of a data folder. With `again` it is the port of the last time when that is
 * free, so that what points at this database keeps working.
 */
export async function choosePort(dataDir: string, again: boolean): Promise<number> {
  const file = join(dataDir, "change-tracking.port");
  const port = await freePort(again && existsSync(file) ? Number(readFileSync(file, "utf8")) : 0);
  writeFileSync(file, String(port));
  return port;
}

/** The wanted port of 127.0.0.1 when nobody listens there at this moment, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const port = (await listen(wanted)) ?? (await listen(0));
  if (port === undefined) throw new Error("no free port on 127.0.0.1");
  return port;
}

function listen(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
