import type { Socket } from "node:net";
import type { Client } from "pg";
import type { CaptureDependencies, CaptureJob } from "../capture.ts";
import { clientOver } from "./client.ts";
import { captureError } from "./failure.ts";
import { secured } from "./secured.ts";

const LOGIN_MS_MAX = 15_000;
const QUERY_MS_MAX = 60_000;
/**
 * How values are written, whatever the server, the database or the role has set: the forms that are decoded here. Ten
 * digits and more of a float are lost before PostgreSQL 12 without the last one.
 */
const SESSION_SETTINGS = {
  client_encoding: "UTF8",
  datestyle: "ISO",
  intervalstyle: "postgres",
  timezone: "UTC",
  bytea_output: "hex",
  extra_float_digits: "3",
  // A capture never waits long for what others lock: it would hold them up behind it.
  lock_timeout: "5s",
};

export interface Session {
  readonly client: Client;
  readonly socket: Socket;
  close(): void;
}

/** As a walsender with `replication`. Rejects with a CaptureError. */
export async function login(
  job: CaptureJob,
  { connect, tls }: CaptureDependencies,
  replication = false,
): Promise<Session> {
  const where = `${job.host}:${job.port}`;
  const socket = await secured(connect, job.host, tls).catch((error) => {
    throw captureError("connect", where, error);
  });
  const client = await clientOver(socket, {
    host: job.host,
    port: job.port,
    user: job.user,
    password: job.password,
    database: job.database,
    connectionTimeoutMillis: LOGIN_MS_MAX,
    query_timeout: QUERY_MS_MAX,
    application_name: "change-tracking capture",
    options: Object.entries(SESSION_SETTINGS)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    ...(replication ? { replication: "database" } : {}),
  });
  const close = () => {
    client.end().catch(() => undefined);
    socket.destroy();
  };
  try {
    await client.connect();
    return { client, socket, close };
  } catch (error) {
    close();
    throw captureError(`log in as ${job.user}`, where, error);
  }
}
