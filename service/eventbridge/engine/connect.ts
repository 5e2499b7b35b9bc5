import { createConnection } from "node:net";

const connectMsMax = 1_500;

/** Why nothing answers at an address; undefined when something listens there. */
export function connectFailure(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    // The socket's own time-out does not cover looking up the name.
    const timer = setTimeout(() => end(`no answer within ${connectMsMax} ms`), connectMsMax);
    const end = (failure: string | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(failure);
    };
    socket.once("connect", () => end(undefined));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
