import { mkdtempSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Capture, CaptureJob } from "../../../service/dts/capture/capture.ts";
import { postgresCapture } from "../../../service/dts/capture/postgres/postgres-capture.ts";
import { type RunningPostgres, startPostgres } from "../../../tools/postgres.ts";
import { CollectingLog } from "./collecting-sink.ts";
import type { DecodedRecord } from "./record-schema.ts";

const USER = "tracker";
const WAIT_MS_MAX = 60_000;

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

  static async start(database = "shop", settings: Record<string, string> = {}): Promise<PostgresSource> {
    const dataDir = join(mkdtempSync(join(tmpdir(), "capture-postgres-")), "data");
    const server = await startPostgres({
      dataDir,
      user: USER,
      database,
      keep: false,
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
    return postgresCapture(job, { connect: () => dialLocal(job.port), now: Date.now });
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

/** One job under way: prepared, and reading until it is stopped. */
export class RunningCapture {
  readonly log: CollectingLog;
  readonly capture: Capture;
  notes: readonly string[] = [];
  #start: Uint8Array = new Uint8Array(0);
  #abort = new AbortController();
  #reading: Promise<void> = Promise.resolve();

  constructor(capture: Capture, log = new CollectingLog()) {
    this.capture = capture;
    this.log = log;
  }

  static async start(source: PostgresSource, job: CaptureJob): Promise<RunningCapture> {
    const running = new RunningCapture(source.capture(job));
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
    this.#reading = this.capture.read(this.log.position ?? this.#start, sink, this.#abort.signal);
    this.#reading.catch(() => undefined);
    return this.#reading;
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#reading;
  }

  /** All records up to now: waits until a heartbeat has come that the source wrote after the call. */
  async caughtUp(source: PostgresSource): Promise<DecodedRecord[]> {
    const { rows } = await source.sql("SELECT pg_current_wal_insert_lsn()::text AS lsn");
    const target = lsnOf(rows[0].lsn);
    const until = Date.now() + WAIT_MS_MAX;
    for (;;) {
      const records = this.log.records();
      const last = records.findLast((record) => record.operation === "HEARTBEAT");
      if (last && lsnOf(last.sourcePosition) >= target) return records;
      if (Date.now() > until) throw new Error("the capture did not catch up");
      await Promise.race([this.#reading, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
  }
}

function lsnOf(text: string): number {
  const [high, low] = text.split("/").map((part) => Number.parseInt(part, 16)) as [number, number];
  return high * 2 ** 32 + low;
}

/** Without what only keeps time. */
export function changesIn(records: readonly DecodedRecord[]): DecodedRecord[] {
  return records.filter((record) => record.operation !== "HEARTBEAT");
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

function dialLocal(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    socket.on("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}
