import type { Socket } from "node:net";
import type { Connection, ConnectionOptions } from "mysql2/promise";

/**
 * Logs in. The socket comes from outside, because the driver would connect by itself, to an address that nobody judged; it is
 * closed where that fails.
 */
export async function connectionOver(
  socket: Socket,
  options: Omit<ConnectionOptions, "stream">,
): Promise<Connection> {
  try {
    // Loaded on first use: most starts of the service never look at a source.
    const { createConnection } = await import("mysql2/promise");
    const connection = await createConnection({ ...options, stream: socket });
    // A connection lost between two statements is told by the next one; without a listener it would end the process.
    connection.on("error", () => undefined);
    return connection;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
