import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import type { Capture, CaptureJob } from "../../../service/dts/capture/capture.ts";
import { mysqlCapture } from "../../../service/dts/capture/mysql/mysql-capture.ts";
import { type RunningMariadb, startMariadb } from "../../../tools/mariadb.ts";
import { dependenciesOf } from "./running-capture.ts";

const ACCOUNT = { user: "tracker", password: "it's Secret1" };

/** A real MariaDB with one database, for the tests of a file. */
export class MariadbSource {
  readonly server: RunningMariadb;
  readonly database: string;
  readonly client: mysql.Connection;

  private constructor(server: RunningMariadb, database: string, client: mysql.Connection) {
    this.server = server;
    this.database = database;
    this.client = client;
  }

  static async start(settings: Record<string, string> = {}, database = "shop"): Promise<MariadbSource> {
    const dataDir = join(mkdtempSync(join(tmpdir(), "capture-mariadb-")), "data");
    const server = await startMariadb({
      dataDir,
      ...ACCOUNT,
      database,
      keep: false,
      settings: { innodb_flush_log_at_trx_commit: "0", sync_binlog: "0", ...settings },
    });
    return new MariadbSource(server, database, await connect(server.port, database));
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.server.stop();
  }

  /** Runs statements one after the other; gives the rows of the last. */
  async sql(...statements: string[]): Promise<Record<string, unknown>[]> {
    let rows: unknown;
    for (const statement of statements) [rows] = await this.client.query(statement);
    return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
  }

  /** A connection beside the one of `sql`. */
  connect(): Promise<mysql.Connection> {
    return connect(this.server.port, this.database);
  }

  job(jobId: string, changes: Partial<CaptureJob> = {}): CaptureJob {
    const { database } = this;
    return {
      jobId,
      serviceId: "test",
      family: "mysql",
      host: "127.0.0.1",
      port: this.server.port,
      ...ACCOUNT,
      database,
      objects: { hasTable: (name) => name === database, hasSchema: (name) => name === database },
      dml: true,
      ddl: true,
      ...changes,
    };
  }

  capture(job: CaptureJob): Capture {
    return mysqlCapture(job, dependenciesOf(job));
  }

  /** Where the binary log ends. */
  async end(): Promise<string> {
    const [row] = await this.sql("SHOW MASTER STATUS");
    return `${row?.File}:${row?.Position}`;
  }

  /** `binlog.000007:4711` as a number that grows with it. */
  orderOf(position: string): number {
    const [, file, offset] = /\.(\d+):(\d+)$/.exec(position) ?? [];
    return Number(file) * 2 ** 40 + Number(offset);
  }
}

async function connect(port: number, database: string): Promise<mysql.Connection> {
  const connection = await mysql.createConnection({
    host: "127.0.0.1",
    port,
    ...ACCOUNT,
    database,
    charset: "utf8mb4",
  });
  connection.on("error", () => undefined);
  return connection;
}
