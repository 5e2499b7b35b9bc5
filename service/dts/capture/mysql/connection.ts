import { isIP, type Socket } from "node:net";
import type { Connection, ConnectionOptions } from "mysql2/promise";
import type { SourceTls } from "../../../core/settings/service-options.ts";
import { offersTls } from "./greeting.ts";

interface MysqlConnection {
  readonly connection: Connection;
  /** What is under it, for whoever takes it over. */
  readonly socket: Socket;
}

interface ConnectionParts {
  /** The socket comes from outside, because the driver would connect by itself, to an address that nobody judged. */
  readonly connect: () => Promise<Socket>;
  readonly tls: SourceTls;
  readonly options: Omit<ConnectionOptions, "stream" | "ssl" | "host"> & { readonly host: string };
}

/**
 * Logs in, under TLS as far as the settings and the server go. With `prefer` a server whose TLS does not work is connected to
 * without. What was opened is closed where that fails.
 */
export async function openConnection({ connect, tls, options }: ConnectionParts): Promise<MysqlConnection> {
  const socket = await connect();
  try {
    const ssl = await sslOf(socket, options.host, tls);
    return await connectionOver(socket, { ...options, ...(ssl && { ssl }) });
  } catch (error) {
    socket.destroy();
    if (tls.mode !== "prefer" || (error as { code?: unknown }).code !== "HANDSHAKE_SSL_ERROR") throw error;
    return await openConnection({ connect, tls: { ...tls, mode: "off" }, options });
  }
}

async function sslOf(
  socket: Socket,
  host: string,
  { mode, ca }: SourceTls,
): Promise<ConnectionOptions["ssl"] | undefined> {
  if (mode === "off") return undefined;
  const isOffered = await offersTls(socket);
  if (mode === "prefer") return isOffered ? { rejectUnauthorized: false } : undefined;
  if (!isOffered) throw new Error("the server offers no TLS, which the setting sourceTls demands");
  // The driver checks names only.
  if (isIP(host) !== 0)
    throw new Error("its certificate cannot be checked against an address: name the source by its host name");
  return { rejectUnauthorized: true, verifyIdentity: true, ...(ca === undefined ? {} : { ca }) };
}

async function connectionOver(socket: Socket, options: ConnectionOptions): Promise<MysqlConnection> {
  // Loaded on first use: most starts of the service never look at a source.
  const { createConnection } = await import("mysql2/promise");
  const connection = await createConnection({ ...options, stream: socket });
  // A connection lost between two statements is told by the next one; without a listener it would end the process.
  connection.on("error", () => undefined);
  // Under TLS the driver has put another one over it.
  const { stream } = (connection as unknown as { readonly connection: { readonly stream: Socket } })
    .connection;
  return { connection, socket: stream };
}
