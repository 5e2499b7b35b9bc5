import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { oneOf, type Pick } from "../dts/fire/source.ts";
import type { PostgresSource } from "../dts/postgres-source.ts";

const KEYS = 40;
const CHANGES_MAX = 4;
const PAUSE_MS_MAX = 60;
const STATES = ["open", "paid", "void"];

export const ORDER_TABLES = [
  "CREATE SEQUENCE steps",
  "CREATE TABLE orders (id int PRIMARY KEY, step bigint, state text, note text)",
  "ALTER TABLE orders REPLICA IDENTITY FULL",
  "CREATE TABLE noise (id bigint, a text)",
];

/** What arrives of them: neither deletes nor what is void, and nothing of the other table. */
export const ORDER_PATTERN = {
  data: {
    operationType: ["INSERT", "UPDATE"],
    schema: { tableName: ["orders"] },
    afterImage: { row: { state: ["open", "paid"] } },
  },
};

interface Change {
  readonly id: number;
  readonly step: number;
  readonly isWanted: boolean;
}

/** Sessions beside each other that change orders at random; remembers what was committed. */
export class OrderWork {
  /** Of each order, the steps that pass the pattern, in their order. */
  readonly wanted = new Map<number, number[]>();
  committed = 0;
  changes = 0;
  #isOver = false;
  #all: Promise<unknown> | undefined;

  start(source: PostgresSource, picks: readonly Pick[]): void {
    this.#all = Promise.all(picks.map((pick) => this.#session(source, pick)));
    this.#all.catch(() => undefined);
  }

  /** Ends when every session has ended its transaction. Rejects with what the database refused. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#all;
    for (const steps of this.wanted.values()) steps.sort((one, other) => one - other);
  }

  async #session(source: PostgresSource, pick: Pick): Promise<void> {
    const client = await source.connect();
    try {
      while (!this.#isOver) {
        await client.query("BEGIN");
        const changes = await changed(client, pick);
        const isKept = pick(6) > 0;
        await client.query(isKept ? "COMMIT" : "ROLLBACK");
        if (isKept) this.#keep(changes);
        await sleep(pick(PAUSE_MS_MAX));
      }
    } finally {
      await client.end();
    }
  }

  #keep(changes: readonly Change[]): void {
    this.committed += 1;
    this.changes += changes.length;
    for (const { id, step, isWanted } of changes) {
      if (!isWanted) continue;
      const steps = this.wanted.get(id) ?? [];
      this.wanted.set(id, steps);
      steps.push(step);
    }
  }
}

/** Keys in their order, so that no two sessions wait for each other; the lock makes steps grow with each change of a key. */
async function changed(client: pg.Client, pick: Pick): Promise<Change[]> {
  const ids = Array.from({ length: 1 + pick(CHANGES_MAX) }, () => pick(KEYS)).sort(
    (one, other) => one - other,
  );
  const changes: Change[] = [];
  for (const id of ids) {
    await client.query("SELECT pg_advisory_xact_lock($1)", [id]);
    if (pick(5) === 0) {
      await client.query("DELETE FROM orders WHERE id = $1", [id]);
      await client.query("INSERT INTO noise VALUES ($1, 'noise')", [id]);
      continue;
    }
    const state = oneOf(pick, STATES);
    const { rows } = await client.query<{ step: string }>(
      `INSERT INTO orders VALUES ($1, nextval('steps'), $2, $3)
       ON CONFLICT (id) DO UPDATE SET step = excluded.step, state = excluded.state, note = excluded.note RETURNING step`,
      [id, state, "x".repeat(pick(200))],
    );
    changes.push({ id, step: Number(rows[0]?.step), isWanted: state !== "void" });
  }
  return changes;
}
