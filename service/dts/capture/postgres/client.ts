import type { Socket } from "node:net";
import type { Client, ClientConfig } from "pg";
import { guardedSocket } from "./guarded-socket.ts";

interface ClientParts extends Omit<ClientConfig, "stream" | "ssl" | "password"> {
  readonly password: string;
  readonly replication?: string;
}

/**
 * A client that is not logged in yet. The socket comes from outside, because the driver would connect by itself, to an
 * address that nobody judged.
 */
export async function clientOver(socket: Socket, { password, ...config }: ClientParts): Promise<Client> {
  // Loaded on first use: most starts of the service never look at a source.
  const { default: pg } = await import("pg");
  const client = new pg.Client({
    ...config,
    stream: () => guardedSocket(connected(socket)),
    // As a function, or the driver would fall back to PGPASSWORD where none was given.
    password: () => password,
    ssl: false,
  });
  // A connection lost between two queries is told by the next one; without a listener it would end the process.
  client.on("error", () => undefined);
  return client;
}

function connected(socket: Socket): Socket {
  socket.connect = () => {
    queueMicrotask(() => socket.emit("connect"));
    return socket;
  };
  return socket;
}
