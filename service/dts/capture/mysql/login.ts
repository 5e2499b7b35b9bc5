import type { Socket } from "node:net";
import type { Connection, RowDataPacket } from "mysql2/promise";
import type { CaptureDependencies, CaptureJob } from "../capture.ts";
import { captureError } from "./failure.ts";

const LOGIN_MS_MAX = 15_000;
const QUERY_MS_MAX = 60_000;

export interface Session {
  readonly socket: Socket;
  /** Runs one statement; rejects with the driver's error, which has the server's number as `errno`. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): void;
}

/**
 * Logs in. The socket comes from outside, because the driver would connect by itself, to an address that nobody judged.
 * Rejects with a CaptureError.
 */
export async function login(job: CaptureJob, { connect }: CaptureDependencies): Promise<Session> {
  // Loaded on first use: most starts of the service never read a source.
  const { createConnection } = await import("mysql2/promise");
  const where = `${job.host}:${job.port}`;
  const socket = await connect().catch((error) => {
    throw captureError("connect", where, error);
  });
  let connection: Connection;
  try {
    connection = await createConnection({
      stream: socket,
      host: job.host,
      port: job.port,
      user: job.user,
      password: job.password,
      charset: "utf8mb4",
      connectTimeout: LOGIN_MS_MAX,
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
    });
  } catch (error) {
    socket.destroy();
    throw captureError(`log in as ${job.user}`, where, error);
  }
  // A connection lost between two statements is told by the next one; without a listener it would end the process.
  connection.on("error", () => undefined);
  return {
    socket,
    async rows<Row>(sql: string, values: readonly unknown[] = []) {
      const [rows] = await connection.query<RowDataPacket[]>({
        sql,
        values: [...values],
        timeout: QUERY_MS_MAX,
      });
      return Array.isArray(rows) ? (rows as Row[]) : [];
    },
    close() {
      connection.destroy();
      socket.destroy();
    },
  };
}
