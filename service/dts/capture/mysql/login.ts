import type { Socket } from "node:net";
import type { RowDataPacket } from "mysql2/promise";
import type { CaptureDependencies, CaptureJob } from "../capture.ts";
import { openConnection } from "./connection.ts";
import { captureError } from "./failure.ts";

const LOGIN_MS_MAX = 15_000;
const QUERY_MS_MAX = 60_000;

export interface Session {
  readonly socket: Socket;
  /** Runs one statement; rejects with the driver's error, which has the server's number as `errno`. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): void;
}

/** Rejects with a CaptureError. */
export async function login(job: CaptureJob, { connect, tls }: CaptureDependencies): Promise<Session> {
  const where = `${job.host}:${job.port}`;
  const dial = () =>
    connect().catch((error) => {
      throw captureError("connect", where, error);
    });
  const options = {
    host: job.host,
    port: job.port,
    user: job.user,
    password: job.password,
    charset: "utf8mb4",
    connectTimeout: LOGIN_MS_MAX,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true as const,
  };
  const { connection, socket } = await openConnection({ connect: dial, tls, options }).catch((error) => {
    throw captureError(`log in as ${job.user}`, where, error);
  });
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
