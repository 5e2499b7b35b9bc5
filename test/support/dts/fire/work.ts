import { setTimeout as sleep } from "node:timers/promises";
import type { FireSession, FireSource, Pick } from "./source.ts";

const CHANGES_MAX = 6;
const PAUSE_MS_MAX = 25;
/** While the server is away. */
const RECONNECT_MS = 50;
const DEFINITIONS_OF_100 = 7;

export interface RunningWork {
  /** Transactions that were committed as far as their sessions know, and what the server refused, by code. */
  readonly committed: () => number;
  readonly refused: ReadonlyMap<string, number>;
  /** Ends when every session has ended its transaction. */
  stop(): Promise<void>;
}

/** Sessions beside each other, each with random transactions until it is told to stop. Connections that break are made anew. */
export function startWork(
  source: FireSource,
  sessions: number,
  pickOf: (session: number) => Pick,
): RunningWork {
  let isOver = false;
  let committed = 0;
  const refused = new Map<string, number>();
  const one = async (session: number) => {
    const pick = pickOf(session);
    let connection: FireSession | undefined;
    for (let seq = 1; !isOver; seq += 1) {
      try {
        connection ??= await source.connect();
        if (await transaction(source, connection, session, seq, pick)) committed += 1;
      } catch (error) {
        const code = String((error as { code?: unknown }).code ?? error);
        refused.set(code, (refused.get(code) ?? 0) + 1);
        if (!connection || connection.isBroken || !(await isRolledBack(connection))) {
          connection?.close();
          connection = undefined;
          await sleep(RECONNECT_MS);
        }
      }
      await sleep(pick(PAUSE_MS_MAX));
    }
    connection?.close();
  };
  const all = Promise.all(Array.from({ length: sessions }, (_, session) => one(session)));
  return {
    committed: () => committed,
    refused,
    async stop() {
      isOver = true;
      await all;
    },
  };
}

/** True when it was committed. */
async function transaction(
  { workload }: FireSource,
  connection: FireSession,
  session: number,
  seq: number,
  pick: Pick,
): Promise<boolean> {
  const hasDefinition = pick(100) < DEFINITIONS_OF_100;
  await connection.run("BEGIN");
  await connection.run(`INSERT INTO audit VALUES (${session}, ${seq})`);
  for (let change = pick(CHANGES_MAX); change >= 0; change -= 1) {
    const isSaved = pick(4) === 0;
    if (isSaved) await connection.run("SAVEPOINT s");
    const isDefinition = hasDefinition && workload.isDefinitionInTransaction && pick(2) === 0;
    await connection.run(isDefinition ? workload.definition(pick) : workload.change(pick));
    if (isSaved) await connection.run(pick(2) === 0 ? "ROLLBACK TO SAVEPOINT s" : "RELEASE SAVEPOINT s");
  }
  const isKept = pick(8) > 0;
  await connection.run(isKept ? "COMMIT" : "ROLLBACK");
  if (hasDefinition && !workload.isDefinitionInTransaction) await connection.run(workload.definition(pick));
  return isKept;
}

function isRolledBack(connection: FireSession): Promise<boolean> {
  return connection.run("ROLLBACK").then(
    () => true,
    () => false,
  );
}
