import { once } from "node:events";
import { isIP, type Socket } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";
import type { SourceTls } from "../../../core/settings/service-options.ts";

/** Length 8, and the number that asks for TLS where a version of the protocol stands otherwise. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const YES = 0x53;
const ANSWER_MS_MAX = 10_000;

/**
 * A connection to a PostgreSQL on which a client may log in, under TLS as far as the settings and the server go. With `prefer` a
 * server whose TLS does not work is connected to without.
 */
export async function secured(connect: () => Promise<Socket>, host: string, tls: SourceTls): Promise<Socket> {
  const socket = await connect();
  if (tls.mode === "off") return socket;
  try {
    return await upgraded(socket, host, tls);
  } catch (error) {
    socket.destroy();
    if (tls.mode === "verify") throw error;
    return await connect();
  }
}

async function upgraded(socket: Socket, host: string, { mode, ca }: SourceTls): Promise<Socket> {
  const signal = AbortSignal.timeout(ANSWER_MS_MAX);
  socket.write(TLS_REQUEST);
  if (!(await accepts(socket, signal))) {
    if (mode !== "verify") return socket;
    throw new Error("the server offers no TLS, which the setting sourceTls demands");
  }
  const secure = connectTls({
    socket,
    rejectUnauthorized: mode === "verify",
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
  });
  try {
    await once(secure, "secureConnect", { signal });
  } catch (error) {
    secure.destroy();
    throw error;
  }
  // Stays: a connection that breaks before its user listens would otherwise end the process.
  secure.on("error", () => undefined);
  return secure;
}

/** One byte; what came with it unasked would be taken for something that was said under TLS. */
async function accepts(socket: Socket, signal: AbortSignal): Promise<boolean> {
  const closed = new AbortController();
  const gone = () => closed.abort(new Error("the server closed the connection when it was asked for TLS"));
  socket.once("close", gone);
  socket.once("end", gone);
  try {
    await once(socket, "readable", { signal: AbortSignal.any([signal, closed.signal]) });
    const answer = socket.read() as Buffer | null;
    if (answer === null) throw new Error("the server closed the connection when it was asked for TLS");
    if (answer.length !== 1) throw new Error("the server says more than whether it offers TLS");
    return answer[0] === YES;
  } catch (error) {
    throw signal.aborted || !closed.signal.aborted ? error : closed.signal.reason;
  } finally {
    socket.off("close", gone);
    socket.off("end", gone);
  }
}
