import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type RunningPostgres, startPostgres } from "../../tools/postgres.ts";

const USER = "tracker";
const DATABASE = "shop";
/** With the eight bytes of its key a row has 100. */
export const TEXT_BYTES = 92;
const COMMIT_EVERY_MS = 10;
const SESSIONS = 4;
const ROWS_A_TRANSACTION = 10;
const ROWS_A_STATEMENT = 100_000;

/** A real PostgreSQL with one table, `orders`, to measure against. */
export class BenchSource {
  readonly server: RunningPostgres;
  readonly client: pg.Client;
  readonly user = USER;
  readonly database = DATABASE;
  readonly #textBytes: number;

  private constructor(server: RunningPostgres, client: pg.Client, textBytes: number) {
    this.server = server;
    this.client = client;
    this.#textBytes = textBytes;
  }

  static async start(workDir: string, textBytes = TEXT_BYTES): Promise<BenchSource> {
    const server = await startPostgres({
      dataDir: join(workDir, "postgres"),
      user: USER,
      database: DATABASE,
      keep: false,
      // What is measured begins behind the commit, so the commits themselves may be quick.
      settings: { synchronous_commit: "off", max_wal_size: "8GB", shared_buffers: "256MB" },
    });
    const client = await connect(server);
    await client.query("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
    return new BenchSource(server, client, textBytes);
  }

  async stop(): Promise<void> {
    await this.client.end();
    await this.server.stop();
  }

  connect(): Promise<pg.Client> {
    return connect(this.server);
  }

  /** So many transactions of one row each. */
  async writeTransactions(count: number): Promise<void> {
    await this.#makeFree();
    await this.client.query(`DO $$ BEGIN FOR i IN 1..${count} LOOP
      INSERT INTO orders (id, note) VALUES (i, rpad(i::text, ${this.#textBytes}, 'x')); COMMIT; END LOOP; END $$`);
  }

  /** One transaction of so many rows. */
  async writeTransaction(rows: number): Promise<void> {
    await this.#makeFree();
    await this.client.query("BEGIN");
    for (let from = 1; from <= rows; from += ROWS_A_STATEMENT) {
      const to = Math.min(rows, from + ROWS_A_STATEMENT - 1);
      await this.client.query(
        `INSERT INTO orders (id, note) SELECT i, rpad(i::text, ${this.#textBytes}, 'x') FROM generate_series(${from}, ${to}) AS i`,
      );
    }
    await this.client.query("COMMIT");
  }

  /**
   * So many rows a second for so long, in transactions of ten, by four sessions, each commit durable. A row's text begins
   * with the milliseconds at which it was written.
   */
  async writeSteadily(rowsPerSecond: number, seconds: number): Promise<void> {
    await this.#makeFree();
    const perSession = Math.floor((rowsPerSecond * seconds) / SESSIONS);
    const pauseMs = (1000 * ROWS_A_TRANSACTION * SESSIONS) / rowsPerSecond;
    const sessions = await Promise.all(Array.from({ length: SESSIONS }, () => this.connect()));
    const writing = sessions.map(async (session, index) => {
      await session.query("SET synchronous_commit = on");
      await session.query(`DO $$ DECLARE begun timestamptz := clock_timestamp(); BEGIN
        FOR i IN 0..${perSession / ROWS_A_TRANSACTION - 1} LOOP
          INSERT INTO orders SELECT ${index * perSession} + i * ${ROWS_A_TRANSACTION} + n,
            rpad((extract(epoch FROM clock_timestamp()) * 1000)::text || ' ', ${this.#textBytes}, 'x')
            FROM generate_series(1, ${ROWS_A_TRANSACTION}) AS n;
          COMMIT;
          PERFORM pg_sleep(greatest(0, extract(epoch FROM begun - clock_timestamp()) + (i + 1) * ${pauseMs / 1000}));
        END LOOP; END $$`);
      await session.end();
    });
    await Promise.all(writing);
  }

  /** How long a commit takes that writes next to nothing, in milliseconds, one each ten until `work` has ended. */
  async commitsDuring(work: Promise<unknown>): Promise<number[]> {
    const session = await this.connect();
    await session.query("SET synchronous_commit = on");
    const ms: number[] = [];
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    while (!isOver) {
      const begin = performance.now();
      // Nobody captures it.
      await session.query("SELECT pg_logical_emit_message(true, 'bench', '')");
      ms.push(performance.now() - begin);
      await sleep(COMMIT_EVERY_MS);
    }
    await session.end();
    return ms;
  }

  /** Where the WAL ends; what comes behind lies above it. */
  async walEnd(): Promise<string> {
    const { rows } = await this.client.query("SELECT pg_current_wal_insert_lsn()::text AS lsn");
    await this.client.query(
      "INSERT INTO orders (id) VALUES (0) ON CONFLICT (id) DO UPDATE SET note = 'marker'",
    );
    return rows[0].lsn as string;
  }

  async #makeFree(): Promise<void> {
    await this.client.query("TRUNCATE orders");
  }
}

async function connect(server: RunningPostgres): Promise<pg.Client> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: server.port,
    user: USER,
    password: server.password,
    database: DATABASE,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
