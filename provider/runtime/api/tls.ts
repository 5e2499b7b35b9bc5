import { connect } from "node:tls";
import { bareHost } from "../../../contract/host.ts";
import type { Endpoint } from "../host/settings.ts";

/** Only asked after a failure, to name its cause. */
const HANDSHAKE_MS_MAX = 1_000;

/** Whether something at a plain address would rather speak TLS. */
export function isTlsThere(endpoint: Endpoint): Promise<boolean> {
  const { hostname, port } = new URL(endpoint.address);
  const host = bareHost(hostname);
  return new Promise((resolve) => {
    // Nothing is sent over it, so whose certificate it is does not matter.
    const socket = connect({ host, port: Number(port || 80), rejectUnauthorized: false });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(HANDSHAKE_MS_MAX, () => settle(false));
    socket.once("secureConnect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}
