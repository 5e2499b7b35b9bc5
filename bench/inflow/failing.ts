import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface FailingFunction {
  readonly url: string;
  /** Calls so far. */
  calls(): number;
  stop(): Promise<void>;
}

/** A function that takes every batch and answers that it has failed. */
export async function startFailingFunction(): Promise<FailingFunction> {
  let calls = 0;
  const server = createServer((request, answer) => {
    calls += 1;
    request.resume().once("end", () => answer.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/fail`, calls: () => calls, stop };
}
