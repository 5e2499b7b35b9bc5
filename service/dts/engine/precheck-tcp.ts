import { createConnection } from "node:net";
import { type Probe, textOf } from "./precheck.ts";

const connectMsMax = 1_500;

/** For engines without a deeper check: something listens at the address. */
export async function checkTcp(probe: Probe): Promise<void> {
  const { host, port } = probe.target;
  const failure = await connect(host, port);
  probe.item(
    "CHECK_CONN_SRC",
    `Something listens at ${host}:${port}; this engine is not checked further.`,
    failure === undefined
      ? undefined
      : {
          reason: `Cannot connect to ${host}:${port}: ${failure}.`,
          repair: "See that the source runs and is reachable.",
        },
  );
}

function connect(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: connectMsMax });
    const end = (failure: string | undefined) => {
      socket.destroy();
      resolve(failure);
    };
    socket.once("connect", () => end(undefined));
    socket.once("timeout", () => end(`no answer within ${connectMsMax} ms`));
    socket.once("error", (error) => end(textOf(error)));
  });
}
