import { mkdtempSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import type { Capture, CaptureJob } from "../../../service/dts/capture/capture.ts";
import { mysqlCapture } from "../../../service/dts/capture/mysql/mysql-capture.ts";
import { type RunningMariadb, startMariadb } from "../../../tools/mariadb.ts";
import { CollectingLog, recordsOf } from "./collecting-sink.ts";
import type { DecodedRecord } from "./record-schema.ts";

const ACCOUNT = { user: "tracker", password: "it's Secret1" };
const WAIT_MS_MAX = 60_000;

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
    return mysqlCapture(job, { connect: () => dialLocal(job.port), now: Date.now });
  }

  /** Where the binary log ends. */
  async end(): Promise<string> {
    const [row] = await this.sql("SHOW MASTER STATUS");
    return `${row?.File}:${row?.Position}`;
  }
}

/** One job under way: prepared, and reading until it is stopped. */
export class RunningMysqlCapture {
  readonly log: CollectingLog;
  readonly capture: Capture;
  notes: readonly string[] = [];
  #start: Uint8Array = new Uint8Array(0);
  #abort = new AbortController();
  /** Ends with what the reading ends with. */
  reading: Promise<void> = Promise.resolve();

  constructor(capture: Capture, log = new CollectingLog()) {
    this.capture = capture;
    this.log = log;
  }

  static async start(source: MariadbSource, job: CaptureJob): Promise<RunningMysqlCapture> {
    const running = new RunningMysqlCapture(source.capture(job));
    await running.prepare();
    running.read();
    return running;
  }

  async prepare(): Promise<void> {
    const { position, notes } = await this.capture.prepare(new AbortController().signal);
    this.#start = position;
    this.notes = notes;
  }

  /** Reads on from what the log holds; gives what the reading ends with. */
  read(): Promise<void> {
    this.#abort = new AbortController();
    const sink = this.log.sink();
    this.reading = this.capture.read(this.log.position ?? this.#start, sink, this.#abort.signal);
    this.reading.catch(() => undefined);
    return this.reading;
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.reading;
  }

  /** All records up to now: waits until a heartbeat has come from where the binary log ends at the call. */
  async caughtUp(source: MariadbSource): Promise<DecodedRecord[]> {
    const target = orderOf(await source.end());
    const until = Date.now() + WAIT_MS_MAX;
    for (;;) {
      // A heartbeat ends its entry. Only that one is decoded: there may be much before it.
      const entry = this.log.entries.at(-1);
      const last = entry?.complete ? recordsOf(entry).at(-1) : undefined;
      if (last?.operation === "HEARTBEAT" && orderOf(last.sourcePosition) >= target)
        return this.log.records();
      if (Date.now() > until) throw new Error("the capture did not catch up");
      await Promise.race([this.reading, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
  }
}

/** `binlog.000007:4711` as a number that grows with it. */
function orderOf(position: string): number {
  const [, file, offset] = /\.(\d+):(\d+)$/.exec(position) ?? [];
  return Number(file) * 2 ** 40 + Number(offset);
}

/** Without what only keeps time. */
export function changesIn(records: readonly DecodedRecord[]): DecodedRecord[] {
  return records.filter((record) => record.operation !== "HEARTBEAT");
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

function dialLocal(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    socket.on("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}
