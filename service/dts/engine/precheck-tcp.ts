import { failureText } from "../../core/outbound/failure-text.ts";
import type { Probe } from "./precheck-probe.ts";

/** For engines without a deeper check: something listens at the address. */
export async function checkTcp(probe: Probe): Promise<void> {
  const { host, port } = probe.target;
  const failure = await probe.connect().then(
    (socket) => void socket.destroy(),
    (error: unknown) => failureText(error),
  );
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
